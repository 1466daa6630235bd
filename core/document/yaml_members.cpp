#include "core/document/yaml_members.hpp"

#include "core/document/duplicate_keys.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace dotdiag {
namespace {

void append_members(std::vector<Member>& members, Json& object, const Node& node) {
  std::size_t index = 0;
  for (auto& [key, value] : object.get_ref<Json::object_t&>()) {
    Member& member = members.emplace_back();
    member.entry = node.entries[index++];
    member.entry.origin = Origin::merged;
    member.value = std::move(value);
  }
}

void append_merge(std::vector<Member>& members, Member& merge) {
  if (merge.value.is_object()) return append_members(members, merge.value, *merge.entry.node);
  for (std::size_t i = merge.value.size(); i-- > 0;) {
    append_members(members, merge.value[i], *merge.entry.node->entries[i].node);
  }
}

std::vector<std::string_view> keys_of(const std::vector<Member>& members) {
  std::vector<std::string_view> keys;
  keys.reserve(members.size());
  for (const Member& member : members)
    keys.push_back(member.entry.key);
  return keys;
}

ReadNote duplicate_note(const Source& source, const Entry& first, const Entry& again) {
  const std::size_t line = source.position(first.key_begin).line;
  return {"duplicate-key", again.key_begin,
          "the key `" + again.key + "` is already set in line " + std::to_string(line) + "; the last one wins"};
}

}  // namespace

void merge_members(std::vector<Member>& members) {
  if (std::none_of(members.begin(), members.end(), [](const Member& member) { return member.is_merge; })) return;
  std::vector<Member> merged;
  for (Member& member : members) {
    if (member.is_merge) {
      append_merge(merged, member);
    } else {
      merged.push_back(std::move(member));
    }
  }
  members = std::move(merged);
}

std::vector<ReadNote> drop_duplicates(const Source& source, std::vector<Member>& members) {
  std::vector<ReadNote> notes;
  const std::vector<DuplicateKey> duplicates = duplicate_keys(keys_of(members));
  if (duplicates.empty()) return notes;
  std::vector<bool> overridden(members.size());
  for (const auto& [first, again] : duplicates) {
    overridden[first] = true;
    const Entry& one = members[first].entry;
    const Entry& other = members[again].entry;
    const bool both_written = one.origin == Origin::own && other.origin == Origin::own;
    if (both_written) notes.push_back(duplicate_note(source, one, other));
  }
  std::vector<Member> kept;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!overridden[i]) kept.push_back(std::move(members[i]));
  }
  members = std::move(kept);
  return notes;
}

}  // namespace dotdiag
