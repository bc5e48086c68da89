import type { AwsCli } from './aws-cli.ts';

const REPOSITORY = 'iscoolgpt/api';
const TAG = 'sha-0123abc';
const MANIFEST = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  config: {
    mediaType: 'application/vnd.oci.image.config.v1+json',
    digest: `sha256:${'1'.repeat(64)}`,
    size: 1,
  },
  layers: [],
});

async function expectToSay(saying: Promise<string>, wanted: RegExp): Promise<void> {
  const said = await saying;
  if (!wanted.test(said)) throw new Error(`a script of deploy/ said "${said.trim()}", not ${wanted}`);
}

/** Runs the scripts that the deployment runs on the registry, on an image that has nothing in it. */
export async function tryRegistry(aws: AwsCli): Promise<void> {
  const image = ['--repository-name', REPOSITORY];
  await aws.json('ecr', 'put-image', ...image, '--image-tag', TAG, '--image-manifest', MANIFEST);
  const digest = (await aws.script('deploy/find-image.sh', 'api', TAG)).trim();
  await aws.json('ecr', 'start-image-scan', ...image, '--image-id', `imageDigest=${digest}`);
  await expectToSay(aws.script('deploy/check-image.sh', 'api', digest), /no critical finding/);
  await expectToSay(aws.script('deploy/mark-release.sh', 'api', digest, 'staging'), / is release-staging-/);
  await expectToSay(aws.script('deploy/mark-release.sh', 'api', digest, 'staging'), / already/);
}
