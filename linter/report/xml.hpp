// Text of somebody else's in XML and HTML.
#pragma once

#include <string>
#include <string_view>

namespace dotdiag {

/// `text` for an attribute in quotes or for content. What XML 1.0 cannot hold (section 2.2: most control characters,
/// and bytes that are no UTF-8) becomes U+FFFD; line breaks and tabs become references, which attributes keep.
std::string xml_escaped(std::string_view text);

}  // namespace dotdiag
