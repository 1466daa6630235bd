#include "patch/plugin/consent.hpp"

#include <string>

namespace dotdiag {

bool has_consent(const Terminal& terminal, bool is_given, const char* option) {
  if (is_given) return true;
  if (!terminal.can_ask) {
    terminal.err << plugin_prefix << "nobody is there to be asked: pass " << option << '\n';
    return false;
  }
  terminal.err << "Go on? [y/N] " << std::flush;
  std::string answer;
  std::getline(terminal.in, answer);
  if (answer == "y" || answer == "Y" || answer == "yes") return true;
  terminal.err << plugin_prefix << "nothing was changed\n";
  return false;
}

}  // namespace dotdiag
