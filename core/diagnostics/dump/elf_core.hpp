// Whether a dump is whole: its program headers stand at its begin and say how long it must be.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dotdiag::diagnostics {

/// Is shown the bytes of a dump in order; keeps the little that it needs.
class ElfCore {
 public:
  void feed(std::string_view bytes);

  std::uint64_t size() const { return size_; }

  /// What is wrong with the dump as a whole, without a full stop; empty where nothing is.
  std::string problem() const;

 private:
  std::string head_;
  std::uint64_t size_ = 0;
};

}  // namespace dotdiag::diagnostics
