/** The resources of group {@code isoflop.dev}, version {@code v1alpha1}. */
@NullMarked
package dev.isoflop.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
