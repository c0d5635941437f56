package dev.isoflop.operator.report.input;

/** Content of a page: one sweep, or several held against each other. */
public sealed interface PageInput permits ReportInput, ComparisonInput {}
