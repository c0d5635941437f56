package dev.isoflop.operator.report.plot;

/** A name to be written beside a curve, near one of its ends, where there is room. */
public record CurveLabel(Ink ink, RichText text, Layer.Vertex end, Layer.Vertex otherEnd) {}
