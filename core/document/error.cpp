#include "core/document/error.hpp"

#include "core/document/printable.hpp"

#include <utility>

namespace dotdiag {

namespace {

/// It may go to a terminal.
std::string message(const std::string& file, Position at, const std::string& problem, const std::string& remedy) {
  std::string text = file;
  if (at.line > 0) text += ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
  text += ": " + problem;
  if (!remedy.empty()) text += ": " + remedy;
  return printable_lines(text);
}

}  // namespace

InputError::InputError(std::string file, Position at, std::string what, std::string remedy)
    : std::runtime_error(message(file, at, what, remedy)),
      file_(std::move(file)),
      at_(at),
      problem_(std::move(what)),
      remedy_(std::move(remedy)) {}

}  // namespace dotdiag
