{{- define "isoflop.name" -}}
{{- $name := .Release.Name -}}
{{- if not (contains "isoflop" $name) }}{{ $name = printf "%s-isoflop" $name }}{{ end -}}
{{- $name | trunc 50 | trimSuffix "-" -}}
{{- end }}

{{- define "isoflop.labels" -}}
app.kubernetes.io/name: isoflop
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: operator
app.kubernetes.io/part-of: isoflop
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "isoflop.selector" -}}
app.kubernetes.io/name: isoflop
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: operator
{{- end }}

{{/* The labels that the operator gives to the pods of trials. */}}
{{- define "isoflop.workers" -}}
app.kubernetes.io/managed-by: isoflop
{{- end }}

{{/* The port of the workers' metrics and progress, the same in the operator. */}}
{{- define "isoflop.workerPort" -}}
9400
{{- end }}

{{- define "isoflop.serviceAccount" -}}
{{- if .Values.serviceAccount.name -}}
{{- .Values.serviceAccount.name -}}
{{- else if .Values.serviceAccount.create -}}
{{- include "isoflop.name" . -}}
{{- else -}}
{{- fail "serviceAccount.create is false and serviceAccount.name is empty; name the service account that the operator runs as" -}}
{{- end -}}
{{- end }}

{{/* The account of workers; empty for the one named default, where the chart cannot know the namespaces or makes none. */}}
{{- define "isoflop.workerAccount" -}}
{{- $operator := include "isoflop.serviceAccount" . -}}
{{- $account := .Values.worker.serviceAccount -}}
{{- $name := $account.name -}}
{{- if and (not $name) $account.create (not .Values.watch.allNamespaces) }}{{ $name = printf "%s-worker" (include "isoflop.name" .) }}{{ end -}}
{{- if eq $name $operator -}}
{{- fail (printf "worker.serviceAccount.name: is %s, the operator's own account, whose rights no worker may have; choose another, or leave it empty" $name) -}}
{{- end -}}
{{- if has $operator .Values.worker.allowedServiceAccounts -}}
{{- fail (printf "worker.allowedServiceAccounts: names %s, the operator's own account, whose rights no worker may have; take it out" $operator) -}}
{{- end -}}
{{- $name -}}
{{- end }}

{{/* image {values, chart}: by digest if there is one, else by tag, else by the chart's appVersion and the flavor. */}}
{{- define "isoflop.image" -}}
{{- $image := index . 0 -}}
{{- if $image.digest -}}
{{- if $image.flavor -}}
{{- fail (printf "worker.image.flavor %s chooses an image by tag, worker.image.digest names another; with the flavor set worker.image.digest to that of its image and leave the flavor empty, or empty the digest" $image.flavor) -}}
{{- end -}}
{{- printf "%s@%s" $image.repository $image.digest -}}
{{- else -}}
{{- $built := (index . 1).AppVersion -}}
{{- with $image.flavor }}{{ $built = printf "%s-%s" $built . }}{{ end -}}
{{- printf "%s:%s" $image.repository ($image.tag | default $built) -}}
{{- end -}}
{{- end }}

{{/* The namespaces watched, as a JSON list; empty for all. */}}
{{- define "isoflop.namespaces" -}}
{{- if and .Values.watch.allNamespaces .Values.watch.namespaces -}}
{{- fail "watch.allNamespaces and watch.namespaces exclude each other; set one of them" -}}
{{- end -}}
{{- if and (gt (len (uniq .Values.watch.namespaces)) 1) (has .Release.Namespace .Values.watch.namespaces) (not .Values.watch.releaseNamespaceToo) -}}
{{- fail (printf "watch.namespaces: names %s, the release's own namespace, beside others: who may create pods there can act as the operator in all of them; install the release in a namespace where nobody else works, or set watch.releaseNamespaceToo=true" .Release.Namespace) -}}
{{- end -}}
{{- if .Values.watch.allNamespaces -}}
[]
{{- else -}}
{{- default (list .Release.Namespace) .Values.watch.namespaces | uniq | sortAlpha | toJson -}}
{{- end -}}
{{- end }}

{{/* What the operator may do where sweeps live. Each verb is one that it uses; a test compares them. */}}
{{- define "isoflop.rules" -}}
- apiGroups: [isoflop.dev]
  resources: [scalingsweeps]
  verbs: [list, watch]
- apiGroups: [isoflop.dev]
  resources: [trials]
  verbs: [list, watch, create]
- apiGroups: [isoflop.dev]
  resources: [scalingsweeps/status, trials/status]
  verbs: [patch]
- apiGroups: [batch]
  resources: [jobs]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [""]
  resources: [pods]
  verbs: [list, watch]
# Listed while a pod takes long to begin: only there stands which volume cannot be mounted.
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create, list]
{{- if .Values.kueue.enabled }}
- apiGroups: [kueue.x-k8s.io]
  resources: [workloads]
  verbs: [list]
{{- end }}
# No call of its own: what it creates holds its owner's deletion up, which some API servers ask this for.
- apiGroups: [isoflop.dev]
  resources: [scalingsweeps/finalizers, trials/finalizers]
  verbs: [update]
{{- end }}
