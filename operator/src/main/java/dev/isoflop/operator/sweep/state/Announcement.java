package dev.isoflop.operator.sweep.state;

/**
 * Something that a decision does which readers of a sweep should be told.
 *
 * @param reason one CamelCase word
 */
public record Announcement(String reason, String message) {}
