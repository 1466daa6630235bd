// Lets OpenSSL read PEM from memory, without a question on the terminal, and write it there.
#pragma once

#include "webhook/owned.hpp"

#include <openssl/bio.h>

#include <algorithm>
#include <climits>
#include <memory>
#include <new>
#include <string>
#include <string_view>

namespace dotdiag {

using PemMemory = std::unique_ptr<BIO, Deleter<BIO_free>>;

/// Reads `text`, which must outlive it; not what is behind 2 GiB, as OpenSSL counts with an int.
inline PemMemory pem_memory(std::string_view text) {
  PemMemory memory(BIO_new_mem_buf(text.data(), static_cast<int>(std::min<std::size_t>(text.size(), INT_MAX))));
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

/// What `write(BIO*)` writes. Throws std::bad_alloc where it answers 0: memory is all that can fail.
template <class Write>
std::string written_pem(Write write) {
  const PemMemory memory(BIO_new(BIO_s_mem()));
  if (memory == nullptr || !write(memory.get())) throw std::bad_alloc();
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

/// For OpenSSL's readers: an encrypted key would otherwise make them ask for its passphrase on the terminal and wait
/// there for ever.
inline int no_passphrase(char*, int, int, void*) {
  return 0;
}

}  // namespace dotdiag
