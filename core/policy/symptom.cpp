// Finding the message in what somebody pasted.
//
// People paste half a line, two lines, or one that a terminal broke in the middle of a word; a log puts its own words
// before it, and numbers and paths differ. So text and message are compared as bare letters, without blanks,
// punctuation and numbers. A message is found whole where all that is between its stars stands in the text, in order.
// Else the longest run of letters that the two share decides, if it is long enough to tell and more than what every
// system call says when it fails.
#include "core/policy/symptom.hpp"

#include "core/policy/symptoms/tables.hpp"
#include "core/policy/words.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string>
#include <utility>

namespace dotdiag {
namespace {

constexpr std::size_t longest_text = 16384;
/// A shorter run of letters is chance.
constexpr std::size_t shortest_run = 6;
/// Less than this in common says nothing: half of all messages have "failed" in them.
constexpr std::size_t telling_match_size = 16;
/// Less is enough where it is the whole text, because somebody remembers three words; and where the rest is what all
/// programs say.
constexpr std::size_t telling_text = 10;
/// A message of fewer letters is known by its punctuation.
constexpr std::size_t few_letters = 12;
/// Words of fewer letters are everywhere.
constexpr std::size_t telling_word = 4;

/// What any program says when the system refuses.
constexpr std::array<std::string_view, 4> said_by_all = {"permissiondenied", "failedoperationnotpermitted",
                                                         "failednosuchfileordirectory", "connectionrefused"};

/// Where the escape sequence of a terminal that begins at `at` ends.
std::size_t end_of_escape(std::string_view text, std::size_t at) {
  while (++at < text.size() && std::isalpha(static_cast<unsigned char>(text[at])) == 0) {
  }
  return at;
}

/// The words of `text` in lower case, without their digits: 0x80004005 is `x`, and 0x8007000E is another, `xe`.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(std::exchange(word, {}));
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (std::isdigit(byte) != 0) continue;
    if (std::isalpha(byte) != 0) {
      word += static_cast<char>(std::tolower(byte));
      continue;
    }
    end_word();
    if (byte == '\x1b') at = end_of_escape(text, at);
  }
  end_word();
  return words;
}

std::string letters_of(std::string_view text) {
  return joined(words_of(text), "");
}

/// What stands between the stars of a message.
std::vector<std::string> parts_of(std::string_view message) {
  std::vector<std::string> parts;
  for (const auto part : split(message, '*')) {
    if (std::string letters = letters_of(part); !letters.empty()) parts.push_back(std::move(letters));
  }
  return parts;
}

/// The letters of the message where all its parts stand in `text`, in order; else 0.
std::size_t whole_match(std::string_view text, const std::vector<std::string>& parts) {
  std::size_t length = 0;
  for (const std::string& part : parts) {
    const auto at = text.find(part);
    if (at == std::string_view::npos) return 0;
    length += part.size();
    text.remove_prefix(at + part.size());
  }
  return length;
}

/// The longest run of letters that `text` and `part` share.
std::string_view shared_run(std::string_view text, std::string_view part) {
  std::size_t longest = 0, end = 0;
  std::vector<std::size_t> before(part.size() + 1), now(part.size() + 1);
  for (std::size_t row = 1; row <= text.size(); ++row) {
    for (std::size_t column = 1; column <= part.size(); ++column) {
      now[column] = text[row - 1] == part[column - 1] ? before[column - 1] + 1 : 0;
      if (now[column] > longest) {
        longest = now[column];
        end = row;
      }
    }
    std::swap(before, now);
  }
  return text.substr(end - longest, longest);
}

bool is_said_by_all(std::string_view run) {
  return std::any_of(said_by_all.begin(), said_by_all.end(),
                     [&](std::string_view common) { return common.find(run) != std::string_view::npos; });
}

/// The letters that `text` shares with the parts, where they tell something; else 0.
std::size_t telling_match(std::string_view text, const std::vector<std::string>& parts) {
  std::size_t shared = 0, own = 0;
  bool is_all = false;
  for (const std::string& part : parts) {
    const std::string_view run = shared_run(text, part);
    if (run.size() < shortest_run) continue;
    shared += run.size();
    if (!is_said_by_all(run)) own += run.size();
    is_all = is_all || run.size() == text.size();
  }
  const bool tells = is_all ? shared >= telling_text : shared >= telling_match_size && own >= telling_text;
  return tells ? shared : 0;
}

/// What was pasted, in the two ways in which it is compared.
struct Paste {
  std::string letters;
  std::string characters;
};

struct Match {
  bool is_whole;
  std::size_t letters;
  const Symptom* symptom;
};

/// `text` in lower case, without blanks.
std::string without_blanks(std::string_view text) {
  std::string result;
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (std::isspace(byte) == 0) result += static_cast<char>(std::tolower(byte));
  }
  return result;
}

Match match(const Paste& paste, const Symptom& symptom) {
  const auto parts = parts_of(symptom.message);
  const std::string message = without_blanks(symptom.message);
  if (joined(parts, "").size() < few_letters && parts.front() != message) {
    const bool is_there = paste.characters.find(message) != std::string::npos;
    return {is_there, is_there ? message.size() : 0, &symptom};
  }
  const std::string_view text = paste.letters;
  if (const auto whole = whole_match(text, parts); whole > 0) return {true, whole, &symptom};
  return {false, telling_match(text, parts), &symptom};
}

/// The best first. Where a message is there whole, half ones are chance; and so is what shares much less than the best.
std::vector<const Symptom*> ranked(std::vector<Match> matches) {
  const auto key = [](const Match& one) { return std::pair(one.is_whole, one.letters); };
  std::stable_sort(matches.begin(), matches.end(),
                   [&](const Match& left, const Match& right) { return key(left) > key(right); });
  std::vector<const Symptom*> result;
  for (const Match& one : matches) {
    const Match& best = matches.front();
    if (one.is_whole != best.is_whole || (!one.is_whole && one.letters * 4 < best.letters * 3)) break;
    result.push_back(one.symptom);
  }
  return result;
}

std::vector<Symptom> all_symptoms() {
  std::vector<Symptom> all;
  for (const auto* table : {&symptoms_of_tools(), &symptoms_of_runtime(), &symptoms_of_cluster()})
    all.insert(all.end(), table->begin(), table->end());
  return all;
}

}  // namespace

std::string evidence_text(const Evidence& evidence) {
  switch (evidence.kind) {
    case Evidence::Kind::seen:
      return "seen: " + std::string(evidence.with);
    case Evidence::Kind::source:
      return "read in its source";
    case Evidence::Kind::documentation:
      break;
  }
  return "documentation";
}

const std::vector<Symptom>& symptoms() {
  static const std::vector<Symptom> all = all_symptoms();
  return all;
}

std::vector<const Symptom*> find_symptoms(std::string_view text) {
  const std::string_view looked_at = text.substr(0, longest_text);
  const Paste paste{letters_of(looked_at), without_blanks(looked_at)};
  std::vector<Match> matches;
  for (const Symptom& symptom : symptoms()) {
    const Match found = match(paste, symptom);
    if (found.letters > 0) matches.push_back(found);
  }
  return ranked(std::move(matches));
}

std::vector<const Symptom*> similar_symptoms(std::string_view text) {
  const auto words = words_of(text.substr(0, longest_text));
  const std::set<std::string> wanted(words.begin(), words.end());
  std::vector<Match> matches;
  for (const Symptom& symptom : symptoms()) {
    std::size_t shared = 0;
    for (const std::string& word : words_of(symptom.message))
      shared += word.size() >= telling_word && wanted.count(word) > 0 ? word.size() : 0;
    if (shared >= telling_text) matches.push_back({false, shared, &symptom});
  }
  auto result = ranked(std::move(matches));
  if (result.size() > 3) result.resize(3);
  return result;
}

}  // namespace dotdiag
