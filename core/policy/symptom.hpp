// What users meet on the bad night: the messages of tools, the kubelet and the API server, and what is behind them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// How it is known that a message reads so.
struct Evidence {
  enum class Kind { seen, source, documentation };
  Kind kind;
  std::string_view with;  ///< the version that printed it, where it was seen
};

/// `seen: .NET 9.0.1`, `read in its source`, `documentation`.
std::string evidence_text(const Evidence& evidence);

/// An error message and its causes.
struct Symptom {
  std::string_view message;  ///< as it is printed; `*` stands for what differs from case to case, numbers apart
  std::string_view printed_by;
  Evidence evidence;
  std::string_view cause;               ///< what is behind it, one or two sentences
  std::vector<std::string_view> rules;  ///< ids of the rules and requirements that see it coming, the likeliest first;
                                        ///< empty where no manifest shows it
};

/// All of them, those of the tools first.
const std::vector<Symptom>& symptoms();

/// The symptoms that `text` is about: it holds their message, or enough of it to tell. What a terminal, a log or a
/// person adds does not matter: letter case, line breaks (also inside a word), quotation marks, other numbers, colours.
/// Of a text over 16 KiB the first 16 KiB are looked at. The best match comes first.
std::vector<const Symptom*> find_symptoms(std::string_view text);

/// Where nothing is found: the three messages at most that share most words with `text`, the best first.
std::vector<const Symptom*> similar_symptoms(std::string_view text);

}  // namespace dotdiag
