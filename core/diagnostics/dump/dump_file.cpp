#include "core/diagnostics/dump/dump_file.hpp"

#include "core/diagnostics/dump/abandoned_writer.hpp"
#include "core/diagnostics/dump/dump_parting.hpp"
#include "core/diagnostics/dump/dump_room.hpp"
#include "core/diagnostics/dump/dump_stream.hpp"
#include "core/diagnostics/failure.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace dotdiag::diagnostics {
namespace {

constexpr int look_around = 200;  // milliseconds
constexpr std::chrono::seconds request_limit{10};

bool can_read(const Connection& connection, int milliseconds) {
  pollfd entry{connection.descriptor(), POLLIN, 0};
  return ::poll(&entry, 1, milliseconds) > 0;
}

}  // namespace

DumpFile::DumpFile(const std::vector<DumpPlace>& places, const DotnetProcess& process, std::uint64_t bytes)
    : name_(dump_name(process)) {
  std::string problems;
  for (const DumpPlace& place : places) {
    const std::string problem = room_obstacle(place, process, bytes);
    if (problem.empty()) {
      place_ = place;
      directory_ = Descriptor(::open(place.ours.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
      return;
    }
    problems += "\n  " + place.theirs + ": " + problem;
  }
  throw Failure(FailureKind::unsuitable, "no directory for the file of a dump:" + problems);
}

DumpFile::~DumpFile() {
  ::unlink(our_path().c_str());
}

std::string DumpFile::our_path() const {
  return directory_ ? "/proc/self/fd/" + std::to_string(directory_.get()) + name_ : place_.ours + name_;
}

std::uint64_t DumpFile::size() const {
  struct stat status {};
  return ::stat(our_path().c_str(), &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

void DumpFile::write(Client& client, const RuntimeVersion& version, const DumpWish& wish,
                     const std::function<bool()>& keep_on) const {
  const std::string their_path = place_.theirs + name_;
  const Request request = dump_request(dump_variant(version), their_path, wish.type);
  Connection connection = client.send(request, Deadline::in(request_limit));
  DumpWait wait(wish, their_path, keep_on);
  try {
    for (std::uint64_t before = 0; !can_read(connection, look_around);) {
      const std::uint64_t now = size();
      wait.check(now != before);
      before = now;
    }
  } catch (const Failure& failure) {
    end_writers_of(their_path);
    part_from_dump(connection, {our_path(), their_path}, wish, failure);
  }
  client.answer(connection, request, Deadline::in(request_limit));
}

void DumpFile::read(const std::function<void(std::string_view)>& sink) const {
  const std::string path = place_.ours + name_;
  const auto fail = [&] {
    throw Failure(FailureKind::unsuitable, path + ": was written, but cannot be read: " + std::strerror(errno));
  };
  const Descriptor file(::open(our_path().c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  if (!file) fail();
  std::vector<char> buffer(1u << 20);
  for (ssize_t count = 0; (count = ::read(file.get(), buffer.data(), buffer.size())) != 0;) {
    if (count < 0 && errno != EINTR) fail();
    if (count > 0) sink({buffer.data(), static_cast<std::size_t>(count)});
  }
}

}  // namespace dotdiag::diagnostics
