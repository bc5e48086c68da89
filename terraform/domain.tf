locals {
  owns_zone       = var.hosted_zone_id != ""
  certificate_arn = local.owns_zone ? aws_acm_certificate_validation.api[0].certificate_arn : var.certificate_arn
}

resource "aws_acm_certificate" "api" {
  count             = local.owns_zone ? 1 : 0
  domain_name       = var.domain_name
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

# The record's name depends on domain and account alone, so it also validates CloudFront's certificate.
resource "aws_route53_record" "certificate" {
  count           = local.owns_zone ? 1 : 0
  zone_id         = var.hosted_zone_id
  name            = one(aws_acm_certificate.api[0].domain_validation_options).resource_record_name
  type            = one(aws_acm_certificate.api[0].domain_validation_options).resource_record_type
  records         = [one(aws_acm_certificate.api[0].domain_validation_options).resource_record_value]
  ttl             = 300
  allow_overwrite = true
}

resource "aws_acm_certificate_validation" "api" {
  count                   = local.owns_zone ? 1 : 0
  certificate_arn         = aws_acm_certificate.api[0].arn
  validation_record_fqdns = [aws_route53_record.certificate[0].fqdn]
}

resource "aws_route53_record" "api" {
  count   = local.owns_zone ? 1 : 0
  zone_id = var.hosted_zone_id
  name    = var.domain_name
  type    = "A"

  alias {
    name                   = var.cdn_enabled ? aws_cloudfront_distribution.api[0].domain_name : aws_lb.api.dns_name
    zone_id                = var.cdn_enabled ? aws_cloudfront_distribution.api[0].hosted_zone_id : aws_lb.api.zone_id
    evaluate_target_health = !var.cdn_enabled
  }
}
