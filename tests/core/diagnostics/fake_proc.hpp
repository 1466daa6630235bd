// A /proc of a test's own, with the processes that the test describes.
#pragma once

#include "tests/support/temporary_directory.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>

namespace dotdiag::test {

struct FakeProcess {
  int pid = 0;
  int inner_pid = 0;
  std::string environment = {};  ///< NAME=value, each ended by a zero
  std::string maps = {};
  std::uint64_t key = 408848;
};

constexpr std::string_view coreclr_map = "00400000-00401000 r-xp 0 08:01 1 /usr/share/dotnet/libcoreclr.so\n";

class FakeProc {
 public:
  std::string path() const { return directory_.path().string(); }

  /// Adds a process and answers its root.
  std::string add(const FakeProcess& process) const {
    const std::string pid = std::to_string(process.pid);
    directory_.write(pid + "/environ", process.environment);
    directory_.write(pid + "/maps", process.maps);
    directory_.write(pid + "/cmdline", std::string("dotnet\0app.dll\0", 15));
    directory_.write(pid + "/status", "Name:\tdotnet\nState:\tS\nUid:\t1\t1\t1\t1\nGid:\t1\t1\t1\t1\nNSpid:\t" + pid +
                                          "\t" + std::to_string(process.inner_pid) + "\n");
    directory_.write(pid + "/stat",
                     pid + " (dotnet) S 1 1 1 0 -1 1 1 0 0 0 1 2 0 0 20 0 5 0 " + std::to_string(process.key));
    const std::string root = directory_ / (pid + "/root");
    std::filesystem::create_directories(root + "/tmp");
    return root;
  }

 private:
  TemporaryDirectory directory_;
};

/// Leaves a socket in `directory` that nobody listens at. The address has little room: it is bound from inside.
inline void leave_socket(const std::string& directory, const std::string& name) {
  std::filesystem::create_directories(directory);
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(directory);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, name.c_str(), sizeof address.sun_path - 1);
  const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
  ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  ::close(fd);
  std::filesystem::current_path(before);
}

}  // namespace dotdiag::test
