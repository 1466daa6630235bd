// The options of the questions: what all of them have, and what each passes on to dotdiag-collect.
#pragma once

#include "patch/plugin/questions/question.hpp"
#include "patch/plugin/session.hpp"

namespace CLI {
class App;
}

namespace dotdiag {

/// Adds them to `app`, which fills `settings` while it parses. Both must outlive that.
void add_question_options(CLI::App& app, const Question& question, PluginSettings& settings);

}  // namespace dotdiag
