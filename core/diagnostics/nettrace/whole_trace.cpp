#include "core/diagnostics/nettrace/whole_trace.hpp"

#include "core/diagnostics/failure.hpp"

namespace dotdiag::diagnostics {

void WholeTrace::feed(std::string_view bytes) {
  if (unknown_format_.empty()) {
    try {
      reader_.feed(bytes);
    } catch (const Failure& failure) {
      unknown_format_ = failure.what();
    }
  }
  held_.append(bytes);
  const std::size_t whole = unknown_format_.empty() ? reader_.whole_until() - written_ : held_.size();
  write(std::string_view(held_).substr(0, whole));
  held_.erase(0, whole);
}

bool WholeTrace::finish() {
  if (reader_.is_complete() || !unknown_format_.empty()) return reader_.is_complete();
  if (written_ > 0) write(std::string_view(&stream_end, 1));
  return false;
}

void WholeTrace::write(std::string_view bytes) {
  if (bytes.empty()) return;
  sink_(bytes);
  written_ += bytes.size();
}

}  // namespace dotdiag::diagnostics
