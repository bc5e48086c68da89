config {
  call_module_type = "all"
}

plugin "terraform" {
  enabled = true
  preset  = "all"
}

# Built from source by scripts/infra/install-tools.sh, which fixes its version.
plugin "aws" {
  enabled = true
}

# One file a concern says more than three files by kind.
rule "terraform_standard_module_structure" {
  enabled = false
}
