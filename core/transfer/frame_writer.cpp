#include "core/transfer/frame_writer.hpp"

#include <array>
#include <utility>

namespace dotdiag::transfer {

FrameWriter::FrameWriter(Sink sink) : sink_(std::move(sink)) {
  sink_(opening);
}

void FrameWriter::write(FrameKind kind, std::string_view bytes) {
  if (kind == FrameKind::data) {
    sum_.add(bytes);
    data_ += bytes.size();
  }
  do {
    const std::string_view piece = bytes.substr(0, most_bytes_in_frame);
    write_frame(kind, piece);
    bytes.remove_prefix(piece.size());
  } while (!bytes.empty());
}

void FrameWriter::finish(int exit_code) {
  write_frame(FrameKind::end, std::to_string(exit_code) + ' ' + std::to_string(data_) + ' ' + sum_.finish());
}

void FrameWriter::write_frame(FrameKind kind, std::string_view bytes) {
  std::array<char, head_size> head{static_cast<char>(kind)};
  for (std::size_t i = 1; i < head_size; ++i)
    head[i] = static_cast<char>(bytes.size() >> (8 * (head_size - 1 - i)));
  sink_({head.data(), head.size()});
  if (!bytes.empty()) sink_(bytes);
}

}  // namespace dotdiag::transfer
