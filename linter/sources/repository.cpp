#include "linter/sources/repository.hpp"

#include "linter/sources/image_name.hpp"
#include "linter/sources/languages.hpp"

#include <algorithm>
#include <iterator>
#include <system_error>

namespace dotdiag {
namespace {

namespace fs = std::filesystem;

bool is_dotnet(const Program& program) {
  return program.language == dotnet_language;
}

/// How many directories `path` and `other` have in common from the root on.
std::ptrdiff_t common_directories(const fs::path& path, const fs::path& other) {
  return std::distance(path.begin(), std::mismatch(path.begin(), path.end(), other.begin(), other.end()).first);
}

/// Those of `found` for which `rank` is highest, and above zero.
template <typename Found, typename Rank>
Found best(const Found& found, const Rank& rank) {
  Found winners;
  auto highest = decltype(rank(**found.begin())){1};
  for (const auto* one : found) {
    const auto own = rank(*one);
    if (own > highest) winners.clear();
    if (own >= highest) {
      highest = own;
      winners.push_back(one);
    }
  }
  return winners;
}

}  // namespace

Repository::Found Repository::mapped(std::string_view image, const std::vector<ImageMapping>& mappings) const {
  Found found;
  for (const ImageMapping& mapping : mappings) {
    const auto parts = image_parts(mapping.image);
    if (mapping.source.empty() || common_ending(parts, image_parts(image)) < parts.size()) continue;
    for (const Candidate& candidate : candidates_) {
      std::error_code ignored;
      const bool is_it = fs::equivalent(root_ / candidate.directory, mapping.source, ignored) ||
                         fs::equivalent(root_ / candidate.file, mapping.source, ignored);
      if (is_it) found.push_back(&candidate);
    }
  }
  return found;
}

void Repository::make_indexes() {
  for (std::size_t index = 0; index < candidates_.size(); ++index) {
    for (const std::string& name : candidates_[index].names)
      if (!name.empty()) by_name_[name].push_back(index);
    for (const auto& image : candidates_[index].images)
      if (!image.empty()) by_image_[image.back()].push_back(index);
  }
}

void Repository::take(const Index& index, const std::string& key, Found& found) const {
  const auto all = index.find(key);
  if (all == index.end()) return;
  for (const std::size_t number : all->second)
    if (std::find(found.begin(), found.end(), &candidates_[number]) == found.end())
      found.push_back(&candidates_[number]);
}

Repository::Found Repository::built(const std::vector<std::string>& parts) const {
  Found all;
  take(by_image_, parts.back(), all);
  return best(all, [&](const Candidate& candidate) {
    std::size_t most = 0;
    for (const auto& own : candidate.images)
      most = std::max(most, common_ending(own, parts));
    return most;
  });
}

/// A longer name tells more than a short one, and of those that are called alike a Dockerfile more than a project
/// alone. The name of the repository, or what the image's name has before its last part, may stand before it:
/// `shop-cart` of the repository `shop` is `cart`.
Repository::Found Repository::named(const std::vector<std::string>& parts) const {
  const std::string& last = parts.back();
  const std::string before = parts.size() > 1 ? parts[parts.size() - 2] : "";
  std::vector<std::string> keys;
  if (!before.empty()) keys.push_back(before + last);
  keys.push_back(last);
  for (const std::string& head : {name_, before})
    if (!head.empty() && last.starts_with(head)) keys.push_back(last.substr(head.size()));
  for (const std::string& key : keys) {
    Found found;
    take(by_name_, key, found);
    if (!found.empty()) return best(found, [](const Candidate& candidate) { return candidate.has_dockerfile ? 2 : 1; });
  }
  return {};
}

Repository::Found Repository::nearest(const Found& found, const fs::path& manifest) const {
  std::error_code ignored;
  const auto whole = [&](const fs::path& path) { return fs::absolute(path, ignored).lexically_normal(); };
  const fs::path inside = whole(manifest).lexically_relative(whole(root_ / ".")).parent_path();
  return best(
      found, [&](const Candidate& candidate) { return common_directories(inside, fs::path(candidate.directory)) + 1; });
}

std::optional<Program> Repository::program_of(std::string_view image, const fs::path& manifest,
                                              const std::vector<ImageMapping>& mappings) const {
  const auto parts = image_parts(image);
  if (parts.empty() || parts.back().empty()) return std::nullopt;
  for (const ImageMapping& mapping : mappings) {
    const auto own = image_parts(mapping.image);
    if (!mapping.language.empty() && common_ending(own, parts) == own.size())
      return Program{mapping.language, "the settings", {}};
  }
  Found found = mapped(image, mappings);
  if (found.empty()) found = built(parts);
  if (found.empty()) found = named(parts);
  found = nearest(found, manifest);
  if (found.empty()) return std::nullopt;
  const bool is_one_kind = std::all_of(found.begin(), found.end(), [&](const Candidate* one) {
    return is_dotnet(one->program) == is_dotnet(found.front()->program);
  });
  if (!is_one_kind) return std::nullopt;
  Program program = found.front()->program;
  if (found.size() > 1) program.facts = {};  // which of them it is, nobody knows
  return program;
}

}  // namespace dotdiag
