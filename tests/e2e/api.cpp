#include "tests/e2e/api.hpp"

#include "tests/support/examples.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_directory.hpp"

#include <map>
#include <sstream>
#include <stdexcept>

namespace dotdiag::test {
namespace {

const std::map<std::string, std::string> plurals = {
    {"CronJob", "cronjobs"},
    {"DaemonSet", "daemonsets"},
    {"Deployment", "deployments"},
    {"Job", "jobs"},
    {"Pod", "pods"},
    {"ReplicaSet", "replicasets"},
    {"StatefulSet", "statefulsets"},
    {"ConfigMap", "configmaps"},
};

/// A line of a curl configuration file. JSON's quoting is one that curl reads.
std::string option(const std::string& name, const std::string& value) {
  return name + " = " + Json(value).dump() + "\n";
}

std::string file_name(std::size_t number, const char* kind) {
  return std::to_string(number) + "." + kind;
}

Json parse_or_null(const std::string& text) {
  Json value = Json::parse(text, nullptr, false);
  return value.is_discarded() ? Json() : value;
}

std::vector<ApiCall> creations(const std::vector<Json>& objects, const std::string& name_space,
                               const std::string& query) {
  std::vector<ApiCall> calls;
  for (const Json& object : objects)
    calls.push_back({"POST", collection_path(object, name_space) + query, object.dump()});
  return calls;
}

std::vector<std::string> refused(const std::vector<ApiReply>& replies) {
  std::vector<std::string> result;
  for (const ApiReply& reply : replies)
    result.push_back(reply.accepted() ? "" : reply.summary());
  return result;
}

std::string message_of(const Json& body) {
  return body.is_object() ? body.value("message", body.dump()) : "no JSON";
}

}  // namespace

std::string ApiReply::summary() const {
  return std::to_string(status) + (accepted() ? "" : ": " + message_of(body));
}

Api::Api(std::string url, std::string ca_file, std::string token)
    : url_(std::move(url)), ca_file_(std::move(ca_file)), token_(std::move(token)) {}

ApiReply Api::call(const ApiCall& call) const {
  return call_all({call}).front();
}

std::vector<ApiReply> Api::call_all(const std::vector<ApiCall>& calls) const {
  const TemporaryDirectory directory;
  std::string config;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const ApiCall& call = calls[i];
    config += (i == 0 ? "" : "next\n") + option("url", url_ + call.path) + option("request", call.method) +
              option("cacert", ca_file_) + option("header", "Authorization: Bearer " + token_) +
              option("noproxy", "*") + option("output", directory / file_name(i, "reply")) +
              option("write-out", std::to_string(i) + " %{http_code}\\n") + "silent\nshow-error\n";
    if (call.body.empty()) continue;
    config += option("header", "Content-Type: " + call.content_type) +
              option("data-binary", "@" + directory.write(file_name(i, "body"), call.body));
  }
  const ProcessResult result =
      run_process({"curl", "--parallel", "--parallel-max", "8", "--config", directory.write("curl.conf", config)});
  std::vector<ApiReply> replies(calls.size());
  std::istringstream codes(result.out);
  std::size_t answered = 0;
  for (std::size_t number = 0; codes >> number >> replies.at(number).status; ++answered)
    replies[number].body = parse_or_null(read_text(directory / file_name(number, "reply")));
  if (answered != calls.size()) throw std::runtime_error("curl: " + result.err + result.out);
  return replies;
}

bool is_known(const Json& object) {
  return plurals.contains(object.at("kind").get<std::string>());
}

std::string collection_path(const Json& object, const std::string& name_space) {
  const auto version = object.at("apiVersion").get<std::string>();
  const std::string group = version.find('/') == std::string::npos ? "/api/" : "/apis/";
  return group + version + "/namespaces/" + name_space + "/" + plurals.at(object.at("kind").get<std::string>());
}

std::vector<std::string> refusals(const Api& api, const std::vector<Json>& objects, const std::string& name_space) {
  return refused(api.call_all(creations(objects, name_space, "?dryRun=All")));
}

std::vector<Json> stored(const Api& api, const std::vector<Json>& objects, const std::string& name_space) {
  std::vector<Json> result;
  for (const ApiReply& reply : api.call_all(creations(objects, name_space, "")))
    result.push_back(reply.accepted() ? reply.body : Json());
  return result;
}

std::string debugger_path(const Json& pod) {
  const Json& metadata = pod.at("metadata");
  return collection_path(pod, metadata.at("namespace")) + "/" + metadata.at("name").get<std::string>() +
         "/ephemeralcontainers";
}

std::vector<std::string> patch_refusals(const Api& api, const std::vector<Json>& pods,
                                        const std::vector<std::string>& patches, const std::string& content_type) {
  std::vector<ApiCall> calls;
  for (std::size_t i = 0; i < pods.size(); ++i)
    calls.push_back({"PATCH", debugger_path(pods[i]) + "?dryRun=All", patches.at(i), content_type});
  return refused(api.call_all(calls));
}

}  // namespace dotdiag::test
