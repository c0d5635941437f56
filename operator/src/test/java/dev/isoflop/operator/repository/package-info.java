/** Tests of the repository as a whole: its documents, its manifests, its versions. */
@NullMarked
package dev.isoflop.operator.repository;

import org.jspecify.annotations.NullMarked;
