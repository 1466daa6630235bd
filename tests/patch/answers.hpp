// Answers of dotdiag-collect as they come out of a pod, without a pod.
#pragma once

#include "core/transfer/frame_writer.hpp"
#include "core/transfer/progress.hpp"

#include <zstd.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace dotdiag::test {

inline std::string answer(std::string_view data, int exit_code = 0, std::string_view messages = {}) {
  std::string stream;
  transfer::FrameWriter writer([&](std::string_view bytes) { stream += bytes; });
  if (!messages.empty()) writer.write(transfer::FrameKind::message, messages);
  for (std::string_view rest = data; !rest.empty(); rest.remove_prefix(std::min<std::size_t>(rest.size(), 1000)))
    writer.write(transfer::FrameKind::data, rest.substr(0, 1000));
  writer.finish(exit_code);
  return stream;
}

/// As `dump -o -` sends it.
inline std::string packed(std::string_view bytes) {
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress2(context, out.data(), out.size(), bytes.data(), bytes.size()));
  ZSTD_freeCCtx(context);
  return out;
}

inline std::string dump_answer(std::string_view dump) {
  std::string stream;
  transfer::FrameWriter writer([&](std::string_view bytes) { stream += bytes; });
  writer.write(transfer::FrameKind::message, "shop (pid 7, .NET 9.0.1) writes into a named pipe\n");
  writer.write(transfer::FrameKind::progress, transfer::progress_line({"taking", 0, dump.size()}));
  writer.write(transfer::FrameKind::progress, transfer::progress_line({"stood", 1234, 0}));
  const std::string bytes = packed(dump);
  writer.write(transfer::FrameKind::progress, transfer::progress_line({"sending", 0, bytes.size()}));
  for (std::string_view rest = bytes; !rest.empty(); rest.remove_prefix(std::min<std::size_t>(rest.size(), 1000)))
    writer.write(transfer::FrameKind::data, rest.substr(0, 1000));
  writer.finish(0);
  return stream;
}

/// Of a process that is cheap to ask, with `more` members of the object.
inline std::string cost_answer(const std::string& more = "") {
  return answer(R"j({"process":"shop (pid 7, .NET 9.0.1)","residentBytes":50000000,"heapSeconds":0.5,)j"
                R"j("heapBufferBytes":67108864,"heapDumpBytes":100000000,"fullDumpBytes":140000000,"dumpWay":"pipe",)j"
                R"j("dumpWayText":"into the named pipe /dev/shm/x, which takes no disk")j" +
                more + "}\n");
}

}  // namespace dotdiag::test
