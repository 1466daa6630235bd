// Files of many Deployments, for what measures and counts. The same bytes in every run.
#pragma once

#include "linter/inputs.hpp"

#include <memory>
#include <random>
#include <string>

namespace dotdiag::test {

/// A Deployment of about 1.5 kB as people write them: comments, an anchor-free block style, two containers.
inline std::string deployment(int number, std::mt19937& random) {
  const std::string name = "service-" + std::to_string(number);
  const auto chance = [&](unsigned of) { return random() % of == 0; };
  std::string text = "---\n# Who to ask: the team that owns " + name +
                     "\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: " + name +
                     "\n  namespace: shop\n  labels:\n    app.kubernetes.io/name: " + name +
                     "\n    app.kubernetes.io/part-of: shop\nspec:\n  replicas: " + std::to_string(1 + random() % 5) +
                     "\n  selector:\n    matchLabels:\n      app.kubernetes.io/name: " + name +
                     "\n  template:\n    metadata:\n      labels:\n        app.kubernetes.io/name: " + name +
                     "\n    spec:\n";
  if (chance(3)) text += "      shareProcessNamespace: true\n";
  text += "      containers:\n        - name: app\n          image: registry.example.com/shop/" + name +
          ":1.4.2\n          ports:\n            - containerPort: 8080\n          env:\n            - name: "
          "ASPNETCORE_URLS\n"
          "              value: http://+:8080\n            - name: Db__Host  # of the shared instance\n              "
          "value: "
          "\"db.shop.svc\"\n            - name: Db__Password\n              valueFrom:\n                secretKeyRef:\n"
          "                  name: db\n                  key: password\n";
  if (chance(2)) text += "            - name: DOTNET_EnableDiagnostics\n              value: \"1\"\n";
  text +=
      "          resources:\n            limits:\n              memory: 512Mi\n            requests:\n              "
      "cpu: "
      "100m\n              memory: 256Mi\n          livenessProbe:\n            httpGet:\n              path: /health\n"
      "              port: 8080\n            periodSeconds: 10\n          securityContext:\n            "
      "readOnlyRootFilesystem: true\n            allowPrivilegeEscalation: false\n";
  if (chance(2)) text += "        - name: istio-proxy\n          image: docker.io/istio/proxyv2:1.20.0\n";
  return text;
}

/// `count` Deployments in one file.
inline Input deployments(int count) {
  std::mt19937 random(1);
  std::string text;
  for (int number = 0; number < count; ++number)
    text += deployment(number, random);
  Input input;
  input.path = "deployments.yaml";
  input.bytes = std::make_shared<const std::string>(std::move(text));
  return input;
}

}  // namespace dotdiag::test
