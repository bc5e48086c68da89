import { DEFINITIONS, type Mistake, TASK } from './patch.ts';

/** What a trace needs. Of the two snapshots, staging's is taken with tracing on, production's without. */
export const TRACING_MISTAKES: readonly Mistake[] = [
  {
    what: 'traces that are sent where nobody listens',
    only: 'production',
    found: TASK('worker'),
    plant: (patch) =>
      patch.json(TASK('worker'), DEFINITIONS, (text) =>
        text.replace(
          '"environment":[',
          '"environment":[{"name":"OTEL_EXPORTER_OTLP_ENDPOINT","value":"http://127.0.0.1:4318"},',
        ),
      ),
  },
  {
    what: 'a task that may trace and does not',
    only: 'production',
    found: TASK('api'),
    plant: (patch) =>
      patch.json('module.api.aws_iam_role_policy.task', 'policy', (text) =>
        text.replace(
          '"Statement":[',
          '"Statement":[{"Action":["xray:PutTraceSegments"],"Effect":"Allow","Resource":["*"]},',
        ),
      ),
  },
  {
    what: 'a collector that listens on another port',
    only: 'staging',
    found: TASK('api'),
    plant: (patch) =>
      patch.json(TASK('api'), DEFINITIONS, (text) =>
        text.replace(/(endpoint\\": \\"127\.0\.0\.1:)4318/, '$14317'),
      ),
  },
  {
    what: 'a collector that sends nowhere',
    only: 'staging',
    found: TASK('worker'),
    plant: (patch) =>
      patch.json(TASK('worker'), DEFINITIONS, (text) => text.replace(/awsxray\\":/, 'debug\\":')),
  },
  {
    what: 'a collector that may not write to X-Ray',
    only: 'staging',
    found: TASK('worker'),
    plant: (patch) =>
      patch.json('module.worker.aws_iam_role_policy.task', 'policy', (text) =>
        text.replace('xray:PutTraceSegments', 'xray:GetSamplingRules'),
      ),
  },
  {
    what: 'a service that ends with its collector',
    only: 'staging',
    found: TASK('api'),
    plant: (patch) =>
      patch.json(TASK('api'), DEFINITIONS, (text) => text.replace('"essential":false', '"essential":true')),
  },
  {
    what: 'a collector by a tag',
    only: 'staging',
    found: TASK('worker'),
    plant: (patch) =>
      patch.json(TASK('worker'), DEFINITIONS, (text) =>
        text.replace(/(aws-otel-collector)@sha256:[0-9a-f]{64}/, '$1:latest'),
      ),
  },
  {
    what: 'a collector that is stopped before the service',
    only: 'staging',
    found: TASK('worker'),
    plant: (patch) =>
      patch.json(TASK('worker'), DEFINITIONS, (text) => text.replace(/"dependsOn":\[[^\]]*\],/, '')),
  },
];
