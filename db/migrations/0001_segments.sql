CREATE TABLE "segment" (
	"branch" bigint NOT NULL,
	"turn" bigint NOT NULL,
	"at" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"simulation" integer NOT NULL,
	"newest_branch" bigint NOT NULL,
	"bytes" "bytea",
	CONSTRAINT "segment_branch_turn_pk" PRIMARY KEY("branch","turn")
);
--> statement-breakpoint
ALTER TABLE "keyframe" ADD COLUMN "base" bigint;
--> statement-breakpoint
ALTER TABLE "lab_clock" ADD COLUMN "simulation" integer DEFAULT 1 NOT NULL;
--> statement-breakpoint
ALTER TABLE "lab_clock" ALTER COLUMN "simulation" DROP DEFAULT;
--> statement-breakpoint
INSERT INTO "segment" ("branch", "turn", "at", "seq", "simulation", "newest_branch")
	SELECT "id", 0, 0, 0, 1, "id" FROM "branch" WHERE "parent" IS NULL;
--> statement-breakpoint
-- A cache, in a form that is not read any more.
DELETE FROM "keyframe";
--> statement-breakpoint
ALTER TABLE "segment" ADD CONSTRAINT "segment_branch_branch_id_fk" FOREIGN KEY ("branch") REFERENCES "public"."branch"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "segment" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
