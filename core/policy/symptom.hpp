// What users meet on the bad night: the messages of tools, the kubelet and the API server, and what is behind them.
#pragma once

#include <string_view>
#include <vector>

namespace dotdiag {

/// An error message and its causes.
struct Symptom {
  std::string_view message;  ///< as it is printed; `*` stands for what differs from case to case
  std::string_view printed_by;
  std::string_view cause;               ///< what is behind it, one or two sentences
  std::vector<std::string_view> rules;  ///< ids of the rules and requirements that see it coming, the likeliest first;
                                        ///< empty where no manifest shows it
};

/// All of them, those of the tools first.
const std::vector<Symptom>& symptoms();

/// The symptoms that `text` is about: it holds their message, or is a part of it that is long enough to mean something.
/// Letter case, white space and quotation marks do not matter. The best match comes first.
std::vector<const Symptom*> find_symptoms(std::string_view text);

}  // namespace dotdiag
