// What `trace` records: named sets of providers, and providers as they are typed.
#pragma once

#include "core/diagnostics/request.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dotdiag::collect {

struct Profile {
  std::string_view name;
  std::string_view summary;
  std::uint64_t rundown;
  std::vector<diagnostics::Provider> providers;
};

const std::vector<Profile>& profiles();

/// Throws Misuse that lists them where there is none of that name.
const Profile& find_profile(std::string_view name);

/// `NAME[:KEYWORDS[:LEVEL[:ARGUMENTS]]]`, keywords hexadecimal, as dotnet-trace takes it. Throws Misuse.
diagnostics::Provider parse_provider(const std::string& text);

}  // namespace dotdiag::collect
