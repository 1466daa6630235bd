#include "patch/plugin/fetch/destinations.hpp"

namespace dotdiag {

void ToFile::begin() {
  file_.begin_again();
  if (unpacks_)
    unpacker_ = std::make_unique<transfer::Unpacker>([this](std::string_view bytes) { file_.write(bytes); });
}

bool ToFile::take(std::string_view data) {
  if (unpacker_) return unpacker_->feed(data);
  file_.write(data);
  return true;
}

std::string_view ToFile::problem() {
  problem_ = unpacker_ ? unpacker_->problem() : std::string();
  return problem_;
}

}  // namespace dotdiag
