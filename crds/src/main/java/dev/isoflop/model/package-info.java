/** What a diffusion transformer is made of, counted: parameters and floating-point operations. */
@NullMarked
package dev.isoflop.model;

import org.jspecify.annotations.NullMarked;
