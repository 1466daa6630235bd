// What the file of an answer is called.
#pragma once

#include "patch/plugin/questions/question.hpp"
#include "patch/plugin/session.hpp"

#include <ctime>
#include <optional>
#include <string>

namespace dotdiag {

bool is_directory(const std::string& path);

/// What --file says; in a directory, and where it was not given, a name of its own: `web-0.20261128-151233.dmp`.
/// Nothing where the answer goes to standard output. Throws InputError where that file exists and may not be
/// overwritten, or its directory cannot be written to: before anybody has paid for the answer.
std::optional<std::string> answer_file(const Question& question, const QuestionSettings& settings,
                                       const std::string& pod, std::time_t now);

}  // namespace dotdiag
