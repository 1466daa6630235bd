// A dump by way of a file in a directory that its process can write to: read back by the name under which we see it,
// and removed. For where no named pipe can be made, and for readers so slow that the process should not wait for them:
// it stands still only until the file is written.
#pragma once

#include "core/diagnostics/client.hpp"
#include "core/diagnostics/descriptor.hpp"
#include "core/diagnostics/dump/dump_place.hpp"
#include "core/diagnostics/dump/dump_wait.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace dotdiag::diagnostics {

class DumpFile {
 public:
  /// In the first of `places` that has room for `bytes`, see room_obstacle. Throws an unsuitable Failure that says of
  /// each place why it cannot be.
  DumpFile(const std::vector<DumpPlace>& places, const DotnetProcess& process, std::uint64_t bytes);
  /// Removes it.
  ~DumpFile();
  DumpFile(const DumpFile&) = delete;
  DumpFile& operator=(const DumpFile&) = delete;

  const DumpPlace& place() const { return place_; }

  /// Has it written. As stream_dump in what it throws; then whoever still writes is ended, so that nothing of it stays.
  void write(Client& client, const RuntimeVersion& version, const DumpWish& wish,
             const std::function<bool()>& keep_on) const;
  /// Passes on what was written. Throws an unsuitable Failure where it cannot be read.
  void read(const std::function<void(std::string_view)>& sink) const;

 private:
  std::uint64_t size() const;
  /// Also when the process has died, and no path of /proc leads there any more.
  std::string our_path() const;

  DumpPlace place_;
  Descriptor directory_;
  std::string name_;
};

}  // namespace dotdiag::diagnostics
