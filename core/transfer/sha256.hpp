// The SHA-256 of what was written, as sha256sum prints it on the machine where it arrives.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace dotdiag::transfer {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::string_view bytes);
  /// Of everything that was added, in hexadecimal. To be asked once.
  std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dotdiag::transfer
