// Products whose images are recognised by name and are not .NET: judging them would only make noise.
#pragma once

#include <string_view>

namespace dotdiag {

/// True where `image` is a product of the table in well_known_images.cpp, whoever mirrors it and whatever its tag:
/// `registry:5000/mirror/redis:7@sha256:...` is Redis.
bool is_well_known_product(std::string_view image);

}  // namespace dotdiag
