// dotdiag-webhook review: answers one AdmissionReview offline, with the code that serves.
#include "core/document/error.hpp"
#include "core/document/reader.hpp"
#include "webhook/commands.hpp"

#include <iostream>
#include <string>

namespace dotdiag {
namespace {

std::string without_line_break(std::string text) {
  while (text.ends_with('\n'))
    text.pop_back();
  return text;
}

}  // namespace

int review(const ReviewOptions& options) {
  const AdmissionAnswer answer = answer_review(read_bytes(options.file), *load_admission(options.policies));
  if (answer.status != 200)
    throw InputError(options.file, {}, without_line_break(answer.body),
                     "give an AdmissionReview as an API server sends it");
  std::cout << answer.body << '\n';
  return 0;
}

}  // namespace dotdiag
