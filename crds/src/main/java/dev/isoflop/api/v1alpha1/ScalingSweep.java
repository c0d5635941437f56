package dev.isoflop.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A scaling-law sweep: a grid of budgets and model sizes, one architecture, one recipe. */
@Group("isoflop.dev")
@Version("v1alpha1")
@ShortNames("ssweep")
@Categories("isoflop")
@AdditionalPrinterColumn(
    name = "STATUS",
    jsonPath = ".status.conditions[?(@.type==\"Progressing\")].reason",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "TRIALS",
    jsonPath = ".status.trials.summary",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "FAILED",
    jsonPath = ".status.trials.failed",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "N-EXP",
    jsonPath = ".status.columns.parametersExponent",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "D-EXP",
    jsonPath = ".status.columns.tokensExponent",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "ETA",
    jsonPath = ".status.compute.estimatedCompletion",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "R2",
    jsonPath = ".status.columns.rSquared",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "DEVICE-H",
    jsonPath = ".status.compute.acceleratorHours",
    type = AdditionalPrinterColumn.Type.NUMBER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "QUEUE",
    jsonPath = ".spec.scheduling.queueName",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "MESSAGE",
    jsonPath = ".status.conditions[?(@.type==\"Progressing\")].message",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
public final class ScalingSweep extends CustomResource<ScalingSweepSpec, ScalingSweepStatus>
    implements Namespaced {}
