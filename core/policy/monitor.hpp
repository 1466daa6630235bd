// How dotnet-monitor reads its configuration, and which containers are one.
//
// Take the setting `Storage__DefaultSharedPath`. The first of these that has it counts:
//   1. a file that --configuration-file-path names
//   2. the variable DOTNETMONITOR_Storage__DefaultSharedPath
//   3. a file in /etc/dotnet-monitor, or a settings.json of the user
//   4. the variable Storage__DefaultSharedPath: how the image sets its own defaults
//   5. the command line, where there is an option for it
// Names are compared without regard to case. Files cannot be read here, nor can what envFrom brings: where there may be
// any, a setting that nobody wrote into the container is unknown, not absent.
// Sources: dotnet/dotnet-monitor, documentation/configuration/configuration-sources.md; HostBuilderHelper.cs.
#pragma once

#include "core/document/pod_view.hpp"
#include "core/policy/rule.hpp"
#include "core/policy/version.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dotdiag {

/// What a setting is for the monitor.
struct MonitorSetting {
  enum class Kind { absent, known, unknown };
  Kind kind = Kind::absent;
  std::string value;  ///< with Kind::known
  Pointer at;         ///< the variable or argument that says so; the container where none does
  bool is_absent() const { return kind == Kind::absent; }
  bool is_known() const { return kind == Kind::known; }
};

/// A container that runs dotnet-monitor.
class Monitor {
 public:
  /// How monitor and runtime meet.
  enum class Mode {
    connect,  ///< the monitor looks for the runtime's own socket in its /tmp: the default
    listen,   ///< the runtime connects to the monitor's socket
    unknown,
  };

  Monitor(ContainerView container, const Debugger* debugger);

  const ContainerView& container() const { return container_; }
  /// The debugger that it is, or nullptr for a container of the pod.
  const Debugger* debugger() const { return debugger_; }
  /// `\`monitor\``; a custom profile has no name of its own.
  std::string subject() const;
  /// True where the image is Microsoft's, so that its variables and its command are known.
  bool has_known_image() const;
  /// The monitor's version, where the image tells.
  std::optional<Version> version() const;
  /// True where the version is known to be older than `major`.
  bool is_before(int major) const;

  /// The setting called `name`, from variables alone: `DiagnosticPort__ConnectionMode`.
  MonitorSetting setting(std::string_view name) const;
  /// The first variable with a value in a section: `CollectionRules__`. With `value`, only one that has this value.
  MonitorSetting first_of(std::string_view section, std::string_view value = {}) const;
  /// The words of the command line behind the program's name; empty where the image's own command runs.
  struct Word {
    std::string text;
    Pointer at;
  };
  const std::vector<Word>& words() const { return words_; }
  /// True where `command` starts something that is not the monitor.
  bool has_other_command() const { return has_other_command_; }
  /// The word that is the flag `name`, unless it is turned off; nullptr where there is none.
  const Word* flag(std::string_view name) const;
  /// The value of option `name`: the word behind it, or behind its `=`.
  MonitorSetting option(std::string_view name) const;

  Mode mode() const;
  /// What sets the mode, to point at.
  Pointer mode_at() const;
  /// The socket at which it listens.
  MonitorSetting endpoint() const;
  /// The addresses that it serves, separated by `;`: also those that tool or image have by default.
  MonitorSetting urls() const;

 private:
  MonitorSetting variable(std::string_view name) const;
  MonitorSetting nowhere() const;
  void read_words();
  bool has_files() const;

  ContainerView container_;
  const Debugger* debugger_;
  std::unordered_map<std::string, std::size_t> variables_;  // by name in lower case: the last one's index
  std::vector<Word> words_;
  bool has_other_command_ = false;
  bool has_unseen_settings_ = false;  // from files, envFrom, or behind another program's command line
};

/// The monitors that the subject is about: the debugger, if it is one, else those of the pod (the first few).
std::vector<Monitor> monitors_of(const Subject& subject);

/// The containers that `monitor` is to watch: the one that the debugger names, else the targets.
std::vector<ContainerView> watched_by(const Monitor& monitor, const Subject& subject);

}  // namespace dotdiag
