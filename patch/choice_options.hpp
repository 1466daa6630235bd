// The options with which a user says what the pod does not: the same for dotdiag-patch and for the kubectl plugin.
#pragma once

#include "core/ephemeral/plan.hpp"

#include <memory>
#include <string>

namespace CLI {
class App;
}

namespace dotdiag {

/// Adds them to `app`, which fills `choices` and `policy` while it parses. Both must outlive that.
void add_choice_options(CLI::App& app, DebuggerChoices& choices, std::string& policy);

/// Adds --debugger, for those who choose it themselves.
void add_debugger_option(CLI::App& app, DebuggerChoices& choices);

}  // namespace dotdiag
