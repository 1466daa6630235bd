#include "collect/dump_way.hpp"

#include "collect/interrupt.hpp"
#include "collect/words.hpp"
#include "core/diagnostics/dump/dump_room.hpp"
#include "core/diagnostics/dump/dump_stream.hpp"
#include "core/diagnostics/failure.hpp"

#include <chrono>

namespace dotdiag::collect {

using diagnostics::DumpFifo;
using diagnostics::DumpFile;

DumpWay::DumpWay(const diagnostics::DotnetProcess& process, const DumpWayWish& wish) : process_(process) {
  if (wish.way != "file") make_pipe(wish);
  if (pipe_ == nullptr) file_ = std::make_unique<DumpFile>(file_places(process, wish.directory), process, wish.bytes);
}

void DumpWay::make_pipe(const DumpWayWish& wish) {
  try {
    pipe_ = std::make_unique<DumpFifo>(dump_places(process_, wish.directory), process_);
  } catch (const diagnostics::Failure& failure) {
    if (wish.way == "pipe") throw;
    why_no_pipe_ = failure.what();
  }
}

std::string DumpWay::description() const {
  if (pipe_ != nullptr) return "into the named pipe " + pipe_->their_path() + ", which takes no disk";
  const diagnostics::DumpPlace& place = file_->place();
  std::string text = "into a file in " + place.theirs + ", which is read as " + place.ours + " and removed";
  const std::string mounts = "/proc/" + std::to_string(process_.pid) + "/mountinfo";
  const std::string volume = diagnostics::empty_dir_of(diagnostics::read_proc_file(mounts).value_or(""), place.theirs);
  if (!volume.empty())
    text += "\nit lies in the emptyDir volume " + printable(volume) +
            ": a sizeLimit, which cannot be seen from here, evicts the pod where the dump is larger";
  if (!why_no_pipe_.empty()) text += "\n" + why_no_pipe_;
  return text;
}

double DumpWay::take(diagnostics::Client& client, const diagnostics::RuntimeVersion& version,
                     const diagnostics::DumpWish& wish, const std::function<void(std::string_view)>& sink) {
  const auto keep_on = [] { return !is_interrupted(); };
  const auto begin = std::chrono::steady_clock::now();
  if (pipe_ != nullptr)
    stream_dump(client, version, wish, *pipe_, sink, keep_on);
  else
    file_->write(client, version, wish, keep_on);
  const std::chrono::duration<double> stood = std::chrono::steady_clock::now() - begin;
  if (file_ != nullptr)
    file_->read([&](std::string_view bytes) {
      if (!keep_on()) throw diagnostics::Failure(diagnostics::FailureKind::timed_out, "the dump was interrupted");
      sink(bytes);
    });
  return stood.count();
}

}  // namespace dotdiag::collect
