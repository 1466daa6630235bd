// Owning what a C library hands out.
#pragma once

namespace dotdiag {

/// For std::unique_ptr: frees by calling `free_function`.
template <auto free_function>
struct Deleter {
  void operator()(auto* object) const { free_function(object); }
};

}  // namespace dotdiag
