// What `trace` records: named sets of providers, and providers as they are typed.
#pragma once

#include "core/diagnostics/request.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dotdiag::collect {

struct Profile {
  std::string_view name;
  std::string_view also;  ///< another name for it; empty: none
  std::string_view summary;
  std::uint64_t rundown;
  std::vector<diagnostics::Provider> providers;
};

const std::vector<Profile>& profiles();

/// By either of its names. Throws Misuse that lists them where there is none of that name.
const Profile& find_profile(std::string_view name);

/// `NAME[:KEYWORDS[:LEVEL[:ARGUMENTS]]]`, keywords hexadecimal, the level a number or its name, as dotnet-trace takes
/// it. A name alone means all of its keywords: dotnet-trace takes it for none, which shows nothing of most sources.
/// Throws Misuse.
diagnostics::Provider parse_provider(const std::string& text);

/// Puts `provider` beside the others, and in the place of one of its name: a session has one of each.
void add_provider(std::vector<diagnostics::Provider>& providers, diagnostics::Provider provider);

}  // namespace dotdiag::collect
