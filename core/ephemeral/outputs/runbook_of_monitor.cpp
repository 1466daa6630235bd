// runbook: the steps with dotnet-monitor.
#include "core/document/pod_view.hpp"
#include "core/ephemeral/output.hpp"
#include "core/ephemeral/outputs/createdump.hpp"
#include "core/ephemeral/outputs/runbook.hpp"
#include "core/ephemeral/shell.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

constexpr std::string_view default_port = "52323";

/// The port in the monitor's address, `http://localhost:52323`.
std::string port_of(const DebuggerPlan& plan) {
  const std::string url = env_value(plan.container, "DOTNETMONITOR_Urls").value;
  const auto colon = url.rfind(':');
  const std::string port = colon == std::string::npos ? "" : url.substr(colon + 1);
  const bool is_number = !port.empty() && port.find_first_not_of("0123456789") == std::string::npos;
  return is_number ? port : std::string(default_port);
}

bool is_open(const DebuggerPlan& plan) {
  const auto& arguments = items_member(plan.container, "args");
  return std::find(arguments.begin(), arguments.end(), "--no-auth") != arguments.end();
}

/// What dotnet-monitor calls the types of dumps.
std::string type_of(const DebuggerPlan& plan) {
  return plan.dump.type == "Heap" ? "WithHeap" : plan.dump.type;
}

}  // namespace

void write_monitor_steps(Runbook& book, const DebuggerPlan& plan) {
  const std::string port = port_of(plan);
  const std::string base = "http://localhost:" + port;
  const std::string curl = is_open(plan) ? "curl" : "curl --header \"Authorization: Bearer $key\"";
  const auto fetch = [&](const std::string& ending, const std::string& route) {
    book.run(curl + " --fail --output " + plan.pod + "." + ending + " \"" + base + route + "\"");
  };

  book.step("Make it answer here. It listens on localhost in the pod and nowhere else.");
  book.run(kubectl_on_pod(plan, "port-forward") + " " + port + ":" + port + " & forward=$!; sleep 2");
  if (!is_open(plan)) {
    book.say("The key for it is in its log:");
    book.run(kubectl_on_pod(plan, "logs -c " + plan.name()) + " | grep -i bearer");
    book.say("key=...");
  }

  book.step("Find the process. This takes the first of those that it lists.");
  book.run(curl + " --silent " + base + "/processes");
  book.run("pid=$(" + curl + " --silent " + base +
           "/processes | grep -o '\"pid\": *[0-9]*' | head -n 1 | tr -dc 0-9); echo \"$pid\"");
  book.say("An empty list? The application connects by itself within a second; if not: " +
           kubectl_on_pod(plan, "logs -c " + plan.name()));

  book.step("Take the dump. The application stands still meanwhile; types are Full, WithHeap, Mini and Triage.");
  for (const std::string& remark : plan.dump.remarks)
    book.say("  " + remark);
  say_what_takes_dumps(book, plan);
  fetch("dmp", "/dump?pid=$pid&type=" + type_of(plan));

  book.step("Open it.");
  say_how_to_open(book, plan.pod + ".dmp");

  book.step("Instead of a dump: what is on the heap (a full garbage collection, no memory contents).");
  fetch("gcdump", "/gcdump?pid=$pid");
  book.step("Instead of a dump: what it does, for half a minute.");
  fetch("nettrace", "/trace?pid=$pid&durationSeconds=30");
  book.step("Instead of a dump: its metrics.");
  book.run(curl + " --silent " + base + "/metrics");
  book.step("End the forwarding.");
  book.run("kill \"$forward\"");
}

}  // namespace dotdiag
