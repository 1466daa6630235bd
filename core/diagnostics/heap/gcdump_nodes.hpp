// The nodes and types of a .gcdump file while it is built: compact, about 20 bytes for each node and 2 for each child.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace dotdiag::diagnostics {

class GcdumpNodes {
 public:
  struct Type {
    std::string name;
    std::string module;      ///< empty: none
    std::int32_t size = -1;  ///< of its first node; -1 where it has none
  };

  /// The index of the type; the same one for the same name and module.
  std::uint32_t type(const std::string& name, const std::string& module = {});

  /// Adds the next node: the first has index 0. Children are indexes, also of nodes that come later.
  void add(std::uint32_t type, std::uint64_t size, std::uint64_t address, const std::vector<std::uint32_t>& children);

  const std::vector<Type>& types() const { return types_; }
  /// Where each node begins in the blob.
  const std::vector<std::uint32_t>& offsets() const { return offsets_; }
  const std::vector<std::uint64_t>& addresses() const { return addresses_; }
  const std::string& blob() const { return blob_; }
  std::uint64_t total_size() const { return total_size_; }

 private:
  std::vector<Type> types_ = {{"UNDEFINED", "", 0}};
  std::map<std::pair<std::string, std::string>, std::uint32_t> indexes_;
  std::vector<std::uint32_t> offsets_;
  std::vector<std::uint64_t> addresses_;
  std::string blob_ = std::string(2, '\0');  ///< begins with the definition of a node that is not defined
  std::uint64_t total_size_ = 0;
};

/// Appends a number of the format: signed, seven bits a byte, highest first, as few bytes as do.
void append_compressed(std::string& blob, std::int32_t value);

}  // namespace dotdiag::diagnostics
