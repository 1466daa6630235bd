#include "linter/well_known_images.hpp"

#include <algorithm>
#include <iterator>

namespace dotdiag {
namespace {

// Sorted; a product is one line here: its name, or `publisher/name` where the name alone could be anybody's. Only whole
// names count, so that `acme/redis-importer` stays a stranger. Names that a company may well give to a service of its
// own
// (`gateway`, `server`, `agent`) and bare distributions, on which anything may run, do not belong in this table.
constexpr std::string_view products[] = {
    "alertmanager",
    "argocd",
    "azure-sql-edge",
    "blackbox-exporter",
    "busybox",
    "caddy",
    "calico/kube-controllers",
    "calico/node",
    "cassandra",
    "ceph",
    "cert-manager-cainjector",
    "cert-manager-controller",
    "cert-manager-webhook",
    "cilium",
    "clickhouse-server",
    "cloudnative-pg",
    "cluster-autoscaler",
    "cockroach",
    "consul",
    "coredns",
    "couchdb",
    "cp-kafka",
    "documentdb",
    "documentdb-local",
    "elasticsearch",
    "envoy",
    "etcd",
    "external-dns",
    "filebeat",
    "fluent-bit",
    "fluentd",
    "grafana",
    "grafana/agent",
    "grafana/alloy",
    "haproxy",
    "httpd",
    "influxdb",
    "ingress-nginx-controller",
    "ingress-nginx/controller",
    "istio/pilot",
    "istiod",
    "jaeger-all-in-one",
    "jaegertracing/all-in-one",
    "jenkins",
    "kafka",
    "keda",
    "keycloak",
    "kibana",
    "kong",
    "kube-apiserver",
    "kube-controller-manager",
    "kube-proxy",
    "kube-rbac-proxy",
    "kube-scheduler",
    "kube-state-metrics",
    "kubectl",
    "logstash",
    "loki",
    "longhorn-manager",
    "mailhog",
    "mailpit",
    "mariadb",
    "memcached",
    "metrics-server",
    "minio",
    "mongo",
    "mongo-express",
    "mongodb",
    "mosquitto",
    "mssql/server",
    "mysql",
    "mysqld-exporter",
    "nats",
    "neo4j",
    "nginx",
    "nginx-ingress",
    "nginx-ingress-controller",
    "nginx-unprivileged",
    "nicolaka/netshoot",
    "node",
    "node-exporter",
    "nvidia/k8s-device-plugin",
    "oauth2-proxy",
    "opensearch",
    "opentelemetry-collector",
    "opentelemetry-collector-contrib",
    "pause",
    "percona",
    "pgadmin4",
    "pgbouncer",
    "php",
    "phpmyadmin",
    "postgres",
    "postgres-exporter",
    "postgresql",
    "prometheus",
    "prometheus-config-reloader",
    "prometheus-operator",
    "promtail",
    "proxyv2",
    "pushgateway",
    "python",
    "rabbitmq",
    "rabbitmq-server",
    "redis",
    "redis-cluster",
    "redis-exporter",
    "redis-sentinel",
    "redis_exporter",
    "redpanda",
    "rook/ceph",
    "ruby",
    "schema-registry",
    "sealed-secrets-controller",
    "sig-storage/csi-attacher",
    "sig-storage/csi-node-driver-registrar",
    "sig-storage/csi-provisioner",
    "sig-storage/csi-resizer",
    "sig-storage/csi-snapshotter",
    "sig-storage/livenessprobe",
    "sonarqube",
    "squid",
    "telegraf",
    "tempo",
    "thanos",
    "timberio/vector",
    "timescaledb",
    "traefik",
    "valkey",
    "valkey-bundle",
    "varnish",
    "vault",
    "vault-k8s",
    "velero",
    "victoria-metrics",
    "wordpress",
    "zipkin",
    "zookeeper",
};

bool is_product(std::string_view name) {
  return std::binary_search(std::begin(products), std::end(products), name);
}

/// The repository without registry host, tag and digest; a host has a slash behind it, so a colon after the last slash
/// is the tag's.
std::string_view repository(std::string_view image) {
  image = image.substr(0, image.find('@'));
  const std::size_t slash = image.rfind('/');
  return image.substr(0, image.find(':', slash == std::string_view::npos ? 0 : slash));
}

/// The last `count` parts of `path`.
std::string_view last_parts(std::string_view path, int count) {
  std::size_t at = path.size();
  for (; count > 0; --count) {
    if (at == 0) return path;
    at = path.rfind('/', at - 1);
    if (at == std::string_view::npos) return path;
  }
  return path.substr(at + 1);
}

}  // namespace

bool is_well_known_product(std::string_view image) {
  const std::string_view name = repository(image);
  return is_product(last_parts(name, 1)) || is_product(last_parts(name, 2));
}

}  // namespace dotdiag
