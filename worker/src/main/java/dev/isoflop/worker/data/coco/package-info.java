/** COCO captions: one large JSON that gives each image of a folder several captions. */
@NullMarked
package dev.isoflop.worker.data.coco;

import org.jspecify.annotations.NullMarked;
