// OpenSSL's older interface, and on purpose: it adds 25 kB to a static program, the newer one all of its algorithms.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "core/transfer/sha256.hpp"

#include <openssl/sha.h>

#include <array>

namespace dotdiag::transfer {

struct Sha256::State {
  SHA256_CTX context{};
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  ::SHA256_Init(&state_->context);
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
  ::SHA256_Update(&state_->context, bytes.data(), bytes.size());
}

std::string Sha256::finish() {
  constexpr std::string_view digits = "0123456789abcdef";
  std::array<unsigned char, SHA256_DIGEST_LENGTH> sum{};
  ::SHA256_Final(sum.data(), &state_->context);
  std::string text;
  for (const unsigned char byte : sum) {
    text += digits[byte >> 4];
    text += digits[byte & 0xF];
  }
  return text;
}

}  // namespace dotdiag::transfer
