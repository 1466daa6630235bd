{{/*
The entries of the MutatingWebhookConfiguration. They are those of kustomize's base and components (files/ links to them), so that
rules, selectors and conditions are written once; what the values say is set here.
*/}}
{{- define "dotdiag.webhooks" -}}
{{- $base := (.Files.Get "files/webhooks.yaml" | fromYaml).webhooks -}}
{{- $rules := (first $base).rules -}}
{{- if .Values.pods.enabled -}}
  {{- $rules = append $rules (last (.Files.Get "files/pods.yaml" | fromYamlArray)).value -}}
{{- end -}}
{{- $entries := $base -}}
{{- if .Values.matchConditions.enabled -}}
  {{- $conditions := (.Files.Get "files/match-conditions.yaml" | fromYaml).webhooks -}}
  {{- range $i, $entry := $base -}}
    {{- $_ := set $entry "matchConditions" (index $conditions $i).matchConditions -}}
  {{- end -}}
{{- end -}}
{{- if .Values.namespaceDefault.enabled -}}
  {{- $byDefault := (.Files.Get "files/namespace-default.yaml" | fromYaml).webhooks -}}
  {{- $named := last $byDefault -}}
  {{- range $policy := keys .Values.policies | sortAlpha -}}
    {{- $entry := deepCopy $named -}}
    {{- $_ := set $entry "name" (printf "by-default-%s.dotdiag.io" $policy) -}}
    {{- $_ := set $entry.clientConfig.service "path" (printf "/mutate-by-default/%s" $policy) -}}
    {{- $_ := set $entry.namespaceSelector "matchLabels" (dict "dotdiag.io/inject-default" $policy) -}}
    {{- $byDefault = append $byDefault $entry -}}
  {{- end -}}
  {{- $entries = concat $byDefault $base -}}
{{- end -}}
{{- range $entry := $entries -}}
  {{- $_ := set $entry "rules" $rules -}}
  {{- $_ := set $entry "failurePolicy" $.Values.webhook.failurePolicy -}}
  {{- $_ := set $entry "timeoutSeconds" $.Values.webhook.timeoutSeconds -}}
  {{- $_ := set $entry.clientConfig.service "namespace" $.Release.Namespace -}}
  {{- range $expression := $entry.namespaceSelector.matchExpressions -}}
    {{- if eq $expression.key "kubernetes.io/metadata.name" -}}
      {{- $names := concat (list $.Release.Namespace) (without $expression.values "dotdiag-system") $.Values.webhook.excludedNamespaces -}}
      {{- $_ := set $expression "values" (uniq $names) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toYaml $entries -}}
{{- end }}
