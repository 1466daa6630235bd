#include "webhook/options.hpp"

#include "core/command_line/choices.hpp"
#include "core/command_line/command_line.hpp"
#include "core/document/error.hpp"
#include "core/policy/builtin_names.hpp"

#include <cstdlib>
#include <sstream>

namespace dotdiag {
namespace {

constexpr const char* description =
    "Prepares .NET workloads for diagnosis as they are deployed: a mutating admission webhook for Kubernetes.";

constexpr const char* main_help = R"(Examples:
  dotdiag-webhook certs --out certs --dns dotdiag-webhook.dotdiag-system.svc
  dotdiag-webhook serve --cert certs/tls.crt --key certs/tls.key
  dotdiag-webhook review review.json)";

constexpr const char* serve_help =
    R"(Serves POST /mutate and POST /mutate/<policy> (that policy is then what "true" means), POST /mutate-by-default and
/mutate-by-default/<policy> (for what says nothing itself, in a namespace that opts in), GET /livez and GET /readyz.
Each option but --config can also be given in the environment, --log-level as DOTDIAG_LOG_LEVEL, or in the file of --config
(or DOTDIAG_CONFIG), as logLevel. Flags win over the environment, and both over the file.
With --admin, GET /livez, /readyz, /startupz and /metrics are answered there, over plain HTTP.
Certificate, policies and the file are read again when they change, and at SIGHUP; what cannot be used is reported, and the old ones stay.
SIGTERM stops once clients have gone elsewhere; a second one stops at once.

Examples:
  dotdiag-webhook serve --cert /tls/tls.crt --key /tls/tls.key
  dotdiag-webhook serve --listen 127.0.0.1:0 --cert certs/tls.crt --key certs/tls.key --shutdown-delay 0)";

constexpr const char* review_help = R"(Answers one AdmissionReview (JSON) as the server would and prints the answer.
Exit code 0, or 2 where the file does not hold a review.

Examples:
  dotdiag-webhook review review.json
  dotdiag-webhook review --policy dotnet-monitor - < review.json)";

constexpr const char* certs_help = R"(Makes a CA and a server certificate signed by it: ca.crt, tls.crt and tls.key.
The CA's own key is not kept, so nothing else can be signed with it: run this again before the certificate ends,
and put the new ca.crt into the webhook configuration beside the old one until all servers have the new certificate.

Examples:
  dotdiag-webhook certs --out certs --dns dotdiag-webhook.dotdiag-system.svc --ca-bundle
  dotdiag-webhook certs --out certs --dns localhost --ip 127.0.0.1 --days 30 --force)";

constexpr const char* bootstrap_help =
    R"(Sees to it that the webhook has a certificate that API servers trust, and does nothing where it has a good one. It writes
CA, certificate and key into the Secret, and the CA into the caBundle of the MutatingWebhookConfiguration. A certificate
that is near its end is renewed: the new CA is trusted beside the old one until every replica serves the new certificate.
Run it as often as you like, also at the same time. It needs the rights of manifests/base/bootstrap and no others.
Exit code 0, 1 where the cluster was not ready in time, 2 where something is for you to mend, such as a missing right.

Examples:
  dotdiag-webhook bootstrap
  dotdiag-webhook bootstrap --namespace diagnostics --renew-before 30
  dotdiag-webhook bootstrap --namespace diagnostics --api-server https://10.0.0.1:6443 --ca-file ca.crt --token-file token)";

/// What the parser fills in, before it is known which subcommand it is for.
struct Options {
  Flags serve;
  ReviewOptions review;
  CertsOptions certs;
  BootstrapOptions bootstrap;
};

void add_policy_options(CLI::App& app, PolicyOptions& options, const std::string& default_flag) {
  app.add_option("--policies", options.directory, "Use the policies in this directory instead of the built-in ones")
      ->type_name("DIR");
  such_as(builtin_policy_names(), app.add_option(default_flag, options.default_policy,
                                                 "What the annotation dotdiag.io/inject: \"true\" stands for"))
      ->type_name("NAME")
      ->capture_default_str();
}

void add_serve(CLI::App& app, Flags& flags) {
  CLI::App& serve = *app.add_subcommand("serve", "Answer the API server's admission reviews over HTTPS");
  serve.footer(serve_help);
  const auto add = [&](std::string_view name, std::string_view metavar, const std::string& help) {
    const auto take = [&flags, name](const std::string& value) { flags[std::string(name)] = value; };
    return serve.add_option_function<std::string>("--" + std::string(name), take, help)
        ->type_name(std::string(metavar));
  };
  for (const ServeSetting& setting : serve_settings()) {
    const std::string initial = setting.initial.empty() ? "" : "; default: " + setting.shown_initial();
    such_as(setting.choices, add(setting.name, setting.metavar, std::string(setting.help) + initial));
  }
  add(config_flag, "FILE", "A YAML file with any of these, named as in webhook/config.schema.json");
}

void add_review(CLI::App& app, ReviewOptions& options) {
  CLI::App& review = *app.add_subcommand("review", "Answer one AdmissionReview from a file, without a server");
  review.footer(review_help);
  review.add_option("file", options.file, "An AdmissionReview, - for standard input")->type_name("FILE")->required();
  add_policy_options(review, options.policies, "--policy");
}

void add_certs(CLI::App& app, CertsOptions& options) {
  CLI::App& certs = *app.add_subcommand("certs", "Make a CA and a certificate for the server");
  certs.footer(certs_help);
  certs.add_option("--out", options.directory, "Where to write; made where it is missing")
      ->type_name("DIR")
      ->required();
  certs.add_option("--dns", options.request.dns_names, "A name of the server; may be repeated")
      ->type_name("NAME")
      ->required();
  certs.add_option("--ip", options.request.addresses, "An address of the server; may be repeated")->type_name("ADDR");
  certs.add_option("--days", options.request.days, "How long both certificates are valid")
      ->type_name("DAYS")
      ->check(CLI::Range(1, 3650).description(""))
      ->capture_default_str();
  certs.add_flag("--force", options.force, "Overwrite what is there");
  certs.add_flag("--ca-bundle", options.print_ca_bundle, "Also print the caBundle line for the webhook configuration");
}

/// A number of units that a duration holds.
template <class Duration>
void add_duration(CLI::App& app, const std::string& flag, Duration& duration, Duration unit, int most,
                  const std::string& help) {
  app.add_option_function<int>(
         flag, [&duration, unit](int count) { duration = count * unit; }, help)
      ->type_name("N")
      ->check(CLI::Range(0, most))
      ->default_str(std::to_string(duration / unit));
}

void add_bootstrap(CLI::App& app, BootstrapOptions& options) {
  CLI::App& bootstrap = *app.add_subcommand("bootstrap", "Make and renew the certificate, through the Kubernetes API");
  bootstrap.footer(bootstrap_help);
  const auto add = [&](const char* flag, std::string& value, const char* metavar, const char* help) {
    return bootstrap.add_option(flag, value, help)->type_name(metavar);
  };
  BootstrapNames& names = options.names;
  add("--namespace", names.name_space, "NAME", "Where the webhook runs; default: the namespace of this pod");
  add("--service", names.service, "NAME", "The Service that API servers ask")->capture_default_str();
  add("--secret", names.secret, "NAME", "The Secret that the webhook's pods mount")->capture_default_str();
  add("--configuration", names.configuration, "NAME", "The MutatingWebhookConfiguration")->capture_default_str();
  bootstrap
      .add_option_function<std::vector<std::string>>(
          "--replica",
          [&names](const std::vector<std::string>& given) {
            for (const std::string& replica : given)
              names.replicas.push_back(parse_endpoint(replica, "--replica"));
          },
          "A replica to ask what it serves, instead of those of the Service; may be repeated")
      ->type_name("HOST:PORT");
  bootstrap.add_option("--days", options.renewal.request.days, "How long a new certificate is valid")
      ->type_name("N")
      ->check(CLI::Range(1, 3650))
      ->capture_default_str();
  RenewalSettings& renewal = options.renewal;
  add_duration(bootstrap, "--renew-before", renewal.renew_before, std::chrono::hours(24), 3650,
               "How many days before its end a certificate is renewed");
  add_duration(bootstrap, "--settle", renewal.settle, std::chrono::seconds(1), 3600,
               "Seconds until every API server knows a new CA");
  add_duration(bootstrap, "--timeout", renewal.timeout, std::chrono::seconds(1), 86400, "Seconds for all of it");
  add("--api-server", options.api_server, "URL", "The API server; default: as Kubernetes tells its pods");
  add("--ca-file", options.ca_file, "FILE", "PEM: the CAs of the API server; default: the service account's");
  add("--token-file", options.token_file, "FILE", "The token to ask with; default: the service account's");
}

Notice misuse(const std::string& problem, const CLI::App& app) {
  const std::vector<CLI::App*> chosen = app.get_subcommands();
  const std::string command = chosen.empty() ? "" : " " + chosen.front()->get_name();
  return {"dotdiag-webhook: " + problem + ": see dotdiag-webhook" + command + " --help\n", 2};
}

/// The flags and the environment stay what they are while the server runs; the file may change.
ServeOptions read_serve(const Flags& flags) {
  const auto read = [flags] { return read_serve_options(flags, [](const char* name) { return std::getenv(name); }); };
  ServeOptions options = read();
  options.server.reread = [read, then = options] { return live_settings(read(), then); };
  return options;
}

void add_commands(CLI::App& app, Options& options) {
  app.set_version_flag("--version", "dotdiag-webhook " DOTDIAG_VERSION);
  app.require_subcommand(1);
  app.footer(main_help);
  add_serve(app, options.serve);
  add_review(app, options.review);
  add_certs(app, options.certs);
  add_bootstrap(app, options.bootstrap);
}

}  // namespace

void with_command_line(const std::function<void(CLI::App& app)>& look) {
  CLI::App app(description, "dotdiag-webhook");
  Options options;
  add_commands(app, options);
  look(app);
}

Command parse_command_line(int argc, const char* const* argv) {
  CLI::App app(description, "dotdiag-webhook");
  Options options;
  add_commands(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != 0) return misuse(error.what(), app);
    std::ostringstream text;
    app.exit(error, text, text);
    return Notice{text.str(), 0};
  }
  if (app.got_subcommand("serve")) return read_serve(options.serve);
  if (app.got_subcommand("review")) return options.review;
  if (app.got_subcommand("bootstrap")) return options.bootstrap;
  return options.certs;
}

}  // namespace dotdiag
