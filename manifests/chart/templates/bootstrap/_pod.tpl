{{/* The pod that both the Job and the CronJob run. */}}
{{- define "dotdiag.bootstrap" -}}
metadata:
  labels:
    app.kubernetes.io/name: dotdiag-webhook-bootstrap
spec:
  serviceAccountName: dotdiag-webhook-bootstrap
  automountServiceAccountToken: true
  restartPolicy: Never
  {{- include "dotdiag.pod" . | nindent 2 }}
  containers:
    - name: bootstrap
      {{- include "dotdiag.container" . | nindent 6 }}
      args:
        - bootstrap
      resources:
        {{- toYaml .Values.bootstrap.resources | nindent 8 }}
{{- end }}
