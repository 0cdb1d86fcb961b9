CREATE TABLE "attempt" (
	"key" text PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"window_ends" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"action" text NOT NULL,
	"person" text,
	"subject" text,
	"address" text,
	"detail" json
);
--> statement-breakpoint
CREATE TABLE "auth_account" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "auth_rate_limit" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL,
	CONSTRAINT "auth_rate_limit_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "auth_session" (
	"id" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"token" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"user_id" text NOT NULL,
	CONSTRAINT "auth_session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "auth_user" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "auth_user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "auth_verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"auth_user" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "person_auth_user_unique" UNIQUE("auth_user"),
	CONSTRAINT "person_role" CHECK ("person"."role" in ('instructor', 'learner'))
);
--> statement-breakpoint
CREATE TABLE "sign_in_link" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"name" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "join_link" (
	"id" text PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"lab" text NOT NULL,
	"role" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"uses" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "join_link_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "join_link_role" CHECK ("join_link"."role" in ('instructor', 'learner'))
);
--> statement-breakpoint
CREATE TABLE "lab" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"owner" text,
	"file" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "membership" (
	"lab" text NOT NULL,
	"person" text NOT NULL,
	"role" text NOT NULL,
	"joined_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "membership_lab_person_pk" PRIMARY KEY("lab","person"),
	CONSTRAINT "membership_role" CHECK ("membership"."role" in ('instructor', 'learner'))
);
--> statement-breakpoint
CREATE TABLE "server_lease" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"term" bigint NOT NULL,
	"holder" text NOT NULL,
	"host" text NOT NULL,
	"process" integer NOT NULL,
	"backend" integer NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"beat" timestamp with time zone NOT NULL,
	CONSTRAINT "server_lease_is_one_row" CHECK ("server_lease"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "agenda" (
	"branch" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"due" bigint NOT NULL,
	"to" text NOT NULL,
	"message" json NOT NULL,
	"cause" bigint NOT NULL,
	CONSTRAINT "agenda_branch_seq_pk" PRIMARY KEY("branch","seq")
);
--> statement-breakpoint
CREATE TABLE "branch" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "branch_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"lab" text NOT NULL,
	"parent" bigint,
	"parent_turn" bigint,
	"parent_at" bigint,
	"parent_seq" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "branch_parent" CHECK (num_nulls("branch"."parent", "branch"."parent_turn", "branch"."parent_seq") in (0, 3))
);
--> statement-breakpoint
CREATE TABLE "console" (
	"lab" text NOT NULL,
	"id" text NOT NULL,
	"host" text NOT NULL,
	"title" text NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "console_lab_id_pk" PRIMARY KEY("lab","id")
);
--> statement-breakpoint
CREATE TABLE "console_line" (
	"lab" text NOT NULL,
	"console" text NOT NULL,
	"n" bigint NOT NULL,
	"person" text NOT NULL,
	"line" text NOT NULL,
	"entered_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "console_line_lab_console_n_pk" PRIMARY KEY("lab","console","n")
);
--> statement-breakpoint
CREATE TABLE "console_text" (
	"lab" text NOT NULL,
	"console" text NOT NULL,
	"start" bigint NOT NULL,
	"text" text NOT NULL,
	"printed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "console_text_lab_console_start_pk" PRIMARY KEY("lab","console","start")
);
--> statement-breakpoint
CREATE TABLE "fact" (
	"branch" bigint NOT NULL,
	"n" bigint NOT NULL,
	"turn" bigint NOT NULL,
	"at" bigint NOT NULL,
	"kind" text NOT NULL,
	"from" text NOT NULL,
	"to" text,
	"host" text,
	"vm" text,
	"cause" bigint,
	"audience" text NOT NULL,
	"summary" text NOT NULL,
	"data" json NOT NULL,
	CONSTRAINT "fact_branch_n_pk" PRIMARY KEY("branch","n")
);
--> statement-breakpoint
CREATE TABLE "input" (
	"branch" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"turn" bigint NOT NULL,
	"command" text NOT NULL,
	"person" text,
	"op" text NOT NULL,
	"args" json NOT NULL,
	"result" json NOT NULL,
	"hash" text NOT NULL,
	"poisoned" boolean NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "input_branch_seq_pk" PRIMARY KEY("branch","seq"),
	CONSTRAINT "input_command" UNIQUE("branch","command")
);
--> statement-breakpoint
CREATE TABLE "keyframe" (
	"branch" bigint NOT NULL,
	"turn" bigint NOT NULL,
	"simulation" integer NOT NULL,
	"at" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL,
	"base" bigint,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "keyframe_branch_turn_simulation_pk" PRIMARY KEY("branch","turn","simulation")
);
--> statement-breakpoint
CREATE TABLE "lab_clock" (
	"lab" text PRIMARY KEY NOT NULL,
	"branch" bigint NOT NULL,
	"lineage" bigint NOT NULL,
	"lease" bigint NOT NULL,
	"owner" text NOT NULL,
	"term" bigint NOT NULL,
	"promised" bigint NOT NULL,
	"simulation" integer NOT NULL,
	"journaled_seq" bigint NOT NULL,
	"projected_turn" bigint,
	"projected_seq" bigint,
	"now" bigint,
	"last_fact" bigint,
	"agenda_seq" bigint,
	"rolling" text,
	"state_hash" text,
	"tombstone_floor" bigint,
	"seed" text,
	CONSTRAINT "lab_clock_head" CHECK (num_nulls("lab_clock"."projected_turn", "lab_clock"."projected_seq", "lab_clock"."now", "lab_clock"."last_fact",
        "lab_clock"."agenda_seq", "lab_clock"."rolling", "lab_clock"."state_hash", "lab_clock"."tombstone_floor",
        "lab_clock"."seed") in (0, 9))
);
--> statement-breakpoint
CREATE TABLE "mark" (
	"branch" bigint NOT NULL,
	"at" bigint NOT NULL,
	"turn" bigint NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "mark_branch_at_pk" PRIMARY KEY("branch","at")
);
--> statement-breakpoint
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
CREATE TABLE "tombstone" (
	"branch" bigint NOT NULL,
	"turn" bigint NOT NULL,
	"id" text NOT NULL,
	"host" text,
	"vm" text,
	CONSTRAINT "tombstone_key" UNIQUE NULLS NOT DISTINCT("branch","turn","id","host","vm")
);
--> statement-breakpoint
CREATE TABLE "trace" (
	"branch" bigint NOT NULL,
	"day" date DEFAULT (now() at time zone 'utc')::date NOT NULL,
	"turn" bigint NOT NULL,
	"at" bigint NOT NULL,
	"channel" text NOT NULL,
	"vm" text NOT NULL,
	"summary" text NOT NULL,
	"packet" bigint NOT NULL,
	"rate" bigint NOT NULL,
	"bytes" text NOT NULL
) PARTITION BY RANGE ("day");
--> statement-breakpoint
CREATE TABLE "clock" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"era" text NOT NULL,
	"lab_name" text NOT NULL,
	"calendar_start" bigint NOT NULL,
	"running" boolean NOT NULL,
	"sleeping" boolean NOT NULL,
	"speed" bigint NOT NULL,
	"changed_by" text,
	"vm_limit" bigint NOT NULL,
	CONSTRAINT "clock_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "dice" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"drawn" bigint NOT NULL,
	CONSTRAINT "dice_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "job" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"vm" text,
	"vm_name" text,
	"procedure" text NOT NULL,
	"title" text NOT NULL,
	"state" text NOT NULL,
	"percent" bigint NOT NULL,
	"step" bigint NOT NULL,
	"step_title" text NOT NULL,
	"steps_total" bigint NOT NULL,
	"started_at" bigint NOT NULL,
	"ended_at" bigint,
	"person" text,
	"error" text,
	"args" json NOT NULL,
	CONSTRAINT "job_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "host" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"os_name" text NOT NULL,
	"os_version" text NOT NULL,
	"logical_processors" bigint NOT NULL,
	"numa_nodes" bigint NOT NULL,
	"memory" bigint NOT NULL,
	"memory_reserve" bigint NOT NULL,
	"memory_assigned" bigint NOT NULL,
	"hypervisor_launch_type" text NOT NULL,
	"hypervisor_running" boolean NOT NULL,
	"booted_at" bigint,
	"next_partition_id" bigint NOT NULL,
	"next_pid" bigint NOT NULL,
	"next_job" bigint NOT NULL,
	"next_mac" bigint NOT NULL,
	"virtual_machine_path" text NOT NULL,
	"virtual_hard_disk_path" text NOT NULL,
	"address" text NOT NULL,
	"hypervisor_launches" bigint NOT NULL,
	"memory_deposited" bigint NOT NULL,
	"memory_overhead" bigint NOT NULL,
	"next_disk" bigint NOT NULL,
	"free_pages" json NOT NULL,
	"cpu_load" bigint NOT NULL,
	"cpu_granted" bigint NOT NULL,
	"cpu_demand" bigint NOT NULL,
	"reschedule_at" bigint,
	CONSTRAINT "host_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "logical_processor" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"index" bigint NOT NULL,
	"numa_node" bigint NOT NULL,
	"hypervisor_time" bigint NOT NULL,
	"context_switches" bigint NOT NULL,
	"guest_time" bigint NOT NULL,
	"parked" boolean NOT NULL,
	"load" bigint NOT NULL,
	"load_since" bigint NOT NULL,
	CONSTRAINT "logical_processor_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "volume" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"letter" text NOT NULL,
	"capacity" bigint NOT NULL,
	"free" bigint NOT NULL,
	CONSTRAINT "volume_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "physical_nic" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"name" text NOT NULL,
	"speed" bigint NOT NULL,
	"mac" text NOT NULL,
	"link_up" boolean NOT NULL,
	"virtual_switch" text,
	CONSTRAINT "physical_nic_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "service" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"name" text NOT NULL,
	"display_name" text NOT NULL,
	"state" text NOT NULL,
	"start_type" text NOT NULL,
	"pid" bigint,
	"started_at" bigint,
	CONSTRAINT "service_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "worker_process" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"vm" text NOT NULL,
	"pid" bigint NOT NULL,
	"state" text NOT NULL,
	"started_at" bigint NOT NULL,
	"partition" text,
	"intercepts_handled" bigint NOT NULL,
	CONSTRAINT "worker_process_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "partition" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"vm" text,
	"number" bigint NOT NULL,
	"type" text NOT NULL,
	"state" text NOT NULL,
	"privileges" text NOT NULL,
	"deposited_pages" bigint NOT NULL,
	"pages_in_use" bigint NOT NULL,
	"gpa_pages" bigint NOT NULL,
	"cpu_reserve" bigint NOT NULL,
	"cpu_cap" bigint NOT NULL,
	"cpu_weight" bigint NOT NULL,
	"guest_os_id" text NOT NULL,
	"hypercall_page" boolean NOT NULL,
	"created_at" bigint NOT NULL,
	"hypercalls" bigint NOT NULL,
	"hypercall_errors" bigint NOT NULL,
	"io_intercepts" bigint NOT NULL,
	"memory_intercepts" bigint NOT NULL,
	"cpuid_intercepts" bigint NOT NULL,
	"msr_intercepts" bigint NOT NULL,
	"numa_node" bigint NOT NULL,
	"deposits" json NOT NULL,
	"stream_left" bigint,
	"small_objects" bigint NOT NULL,
	"properties" json NOT NULL,
	"msrs" json NOT NULL,
	"stats_pages" json NOT NULL,
	"external_interrupt" text NOT NULL,
	"clock_lost" bigint NOT NULL,
	"clock_stopped_at" bigint,
	CONSTRAINT "partition_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "virtual_processor" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"vm" text,
	"partition" text NOT NULL,
	"index" bigint NOT NULL,
	"state" text NOT NULL,
	"explicit_suspend" boolean NOT NULL,
	"intercept_suspend" boolean NOT NULL,
	"logical_processor" bigint,
	"synic_enabled" boolean NOT NULL,
	"simp" bigint,
	"siefp" bigint,
	"sint2_vector" bigint,
	"run_time" bigint NOT NULL,
	"load" bigint NOT NULL,
	"load_since" bigint NOT NULL,
	"sint0_vector" bigint,
	"msrs" json NOT NULL,
	"interrupts" bigint NOT NULL,
	"synthetic_interrupts" bigint NOT NULL,
	"ends_of_message" bigint NOT NULL,
	"slots" json NOT NULL,
	"intercepts" json NOT NULL,
	"timers" json NOT NULL,
	"demand" bigint NOT NULL,
	"granted" bigint NOT NULL,
	"asleep" boolean NOT NULL,
	"placed" json NOT NULL,
	"last_lp" bigint,
	"migrations" bigint NOT NULL,
	CONSTRAINT "virtual_processor_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "hypercall_count" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"vm" text,
	"partition" text NOT NULL,
	"code" bigint NOT NULL,
	"name" text NOT NULL,
	"count" bigint NOT NULL,
	"errors" bigint NOT NULL,
	CONSTRAINT "hypercall_count_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "intercept" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"vm" text,
	"partition" text NOT NULL,
	"type" text NOT NULL,
	"parameter" bigint NOT NULL,
	"access" bigint NOT NULL,
	"device" text NOT NULL,
	"count" bigint NOT NULL,
	"span" bigint NOT NULL,
	CONSTRAINT "intercept_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "port" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"vm" text NOT NULL,
	"partition" text NOT NULL,
	"port_id" bigint NOT NULL,
	"type" text NOT NULL,
	"target_sint" bigint NOT NULL,
	"target_vp" bigint NOT NULL,
	"messages" bigint NOT NULL,
	"connection_partition" text NOT NULL,
	"base_flag" bigint NOT NULL,
	"flag_count" bigint NOT NULL,
	"waiting" json NOT NULL,
	"refused" bigint NOT NULL,
	"receiver" text,
	CONSTRAINT "port_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "port_connection" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"vm" text NOT NULL,
	"partition" text NOT NULL,
	"connection_id" bigint NOT NULL,
	"port" text NOT NULL,
	"posted" bigint NOT NULL,
	"signalled" bigint NOT NULL,
	CONSTRAINT "port_connection_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "gpa_range" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"vm" text NOT NULL,
	"partition" text NOT NULL,
	"base" bigint NOT NULL,
	"pages" bigint NOT NULL,
	"rights" text NOT NULL,
	"purpose" text NOT NULL,
	"numa_node" bigint NOT NULL,
	"spa_base" bigint,
	"large_pages" bigint NOT NULL,
	CONSTRAINT "gpa_range_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "vmbus_connection" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"vm" text NOT NULL,
	"partition" text NOT NULL,
	"state" text NOT NULL,
	"version" bigint,
	"offers_sent" boolean NOT NULL,
	"next_rel_id" bigint NOT NULL,
	"next_connection_id" bigint NOT NULL,
	"client_state" text NOT NULL,
	"next_gpadl_id" bigint NOT NULL,
	"control_messages" bigint NOT NULL,
	"offers_requested" boolean NOT NULL,
	"proposals" json NOT NULL,
	"next_page" bigint NOT NULL,
	"paused" boolean NOT NULL,
	"held" json NOT NULL,
	"unposted" json NOT NULL,
	"monitor_pending" json NOT NULL,
	CONSTRAINT "vmbus_connection_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "vmbus_channel" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"vm" text NOT NULL,
	"rel_id" bigint NOT NULL,
	"interface_type" text NOT NULL,
	"instance_id" text NOT NULL,
	"device" text NOT NULL,
	"label" text NOT NULL,
	"state" text NOT NULL,
	"connection_id" bigint NOT NULL,
	"monitor_id" bigint,
	"open_id" bigint,
	"ring_gpadl" bigint,
	"ring_pages" bigint NOT NULL,
	"downstream_page" bigint NOT NULL,
	"target_vp" bigint,
	"protocol" text,
	"device_state" text NOT NULL,
	"packets_to_host" bigint NOT NULL,
	"packets_to_guest" bigint NOT NULL,
	"bytes_to_host" bigint NOT NULL,
	"bytes_to_guest" bigint NOT NULL,
	"signals_to_host" bigint NOT NULL,
	"signals_to_guest" bigint NOT NULL,
	"to_host_in" bigint NOT NULL,
	"to_host_out" bigint NOT NULL,
	"to_guest_in" bigint NOT NULL,
	"to_guest_out" bigint NOT NULL,
	"next_transaction" bigint NOT NULL,
	"offer" json NOT NULL,
	"rings" json NOT NULL,
	"ends" json NOT NULL,
	CONSTRAINT "vmbus_channel_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "gpadl" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"vm" text NOT NULL,
	"channel" text NOT NULL,
	"gpadl_id" bigint NOT NULL,
	"pages" bigint NOT NULL,
	"pages_seen" bigint NOT NULL,
	"byte_offset" bigint NOT NULL,
	"first_page" bigint NOT NULL,
	"state" text NOT NULL,
	"purpose" text NOT NULL,
	CONSTRAINT "gpadl_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "vm" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"status" text NOT NULL,
	"generation" bigint NOT NULL,
	"processor_count" bigint NOT NULL,
	"cpu_reserve" bigint NOT NULL,
	"cpu_limit" bigint NOT NULL,
	"cpu_weight" bigint NOT NULL,
	"memory_startup" bigint NOT NULL,
	"memory_assigned" bigint NOT NULL,
	"dynamic_memory" boolean NOT NULL,
	"heartbeat" text,
	"integration_services_version" text,
	"guest_os_name" text,
	"ip_addresses" json NOT NULL,
	"notes" text NOT NULL,
	"created_at" bigint NOT NULL,
	"running_since" bigint,
	"uptime_before" bigint NOT NULL,
	"automatic_start_action" text NOT NULL,
	"automatic_start_delay" bigint NOT NULL,
	"automatic_stop_action" text NOT NULL,
	"configuration_path" text NOT NULL,
	"boot_order" json NOT NULL,
	"scsi_controllers" bigint NOT NULL,
	"worker_process" text,
	"partition" text,
	"job" text,
	"was_running_at_host_stop" boolean NOT NULL,
	"cpu_load" bigint NOT NULL,
	CONSTRAINT "vm_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "disk_drive" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"vm" text NOT NULL,
	"type" text NOT NULL,
	"controller" text NOT NULL,
	"controller_number" bigint NOT NULL,
	"location" bigint NOT NULL,
	"disk" text,
	"media" text,
	CONSTRAINT "disk_drive_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "network_adapter" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"vm" text NOT NULL,
	"name" text NOT NULL,
	"legacy" boolean NOT NULL,
	"mac" text NOT NULL,
	"instance_id" text NOT NULL,
	"virtual_switch" text,
	"connected" boolean NOT NULL,
	"ip_address" text,
	"dynamic_mac" boolean NOT NULL,
	"leases" json NOT NULL,
	CONSTRAINT "network_adapter_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "virtual_disk" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"vm" text,
	"path" text NOT NULL,
	"format" text NOT NULL,
	"type" text NOT NULL,
	"maximum_size" bigint NOT NULL,
	"file_size" bigint NOT NULL,
	"block_size" bigint NOT NULL,
	"logical_sector_size" bigint NOT NULL,
	"physical_sector_size" bigint NOT NULL,
	"parent" text,
	"content" json NOT NULL,
	"partitioned" bigint NOT NULL,
	"blocks" json NOT NULL,
	"unused" json NOT NULL,
	"in_use" boolean NOT NULL,
	"job" text,
	"revision" bigint NOT NULL,
	"parent_revision" bigint,
	CONSTRAINT "virtual_disk_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "library_image" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"name" text NOT NULL,
	"path" text NOT NULL,
	"type" text NOT NULL,
	"os" text NOT NULL,
	"os_name" text NOT NULL,
	"size" bigint NOT NULL,
	"maximum_size" bigint NOT NULL,
	"disk" text,
	CONSTRAINT "library_image_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "virtual_switch" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"physical_nic" text,
	"allow_management_os" boolean NOT NULL,
	"next_address" bigint NOT NULL,
	"scope" bigint NOT NULL,
	CONSTRAINT "virtual_switch_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "guest" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"vm" text NOT NULL,
	"os" text,
	"phase" text NOT NULL,
	"phase_since" bigint NOT NULL,
	"phase_until" bigint,
	"enlightened" boolean NOT NULL,
	"screen" text NOT NULL,
	"boot_disk" text,
	"computer_name" text,
	"install_percent" bigint NOT NULL,
	"suspended" boolean NOT NULL,
	"phase_left" bigint,
	"installs" text,
	"components" text,
	"stage" text NOT NULL,
	"drivers_pending" json NOT NULL,
	"offers_delivered" boolean NOT NULL,
	"shut_down_by" text,
	"load" bigint NOT NULL,
	"accesses_made" bigint NOT NULL,
	CONSTRAINT "guest_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "integration_service" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"vm" text NOT NULL,
	"name" text NOT NULL,
	"device" text NOT NULL,
	"enabled" boolean NOT NULL,
	"status" text NOT NULL,
	"framework_version" text,
	"message_version" text,
	"sent" bigint NOT NULL,
	"received" bigint NOT NULL,
	"last_received_at" bigint NOT NULL,
	"next_at" bigint,
	CONSTRAINT "integration_service_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "vm_file" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"vm" text NOT NULL,
	"type" text NOT NULL,
	"path" text NOT NULL,
	"size" bigint NOT NULL,
	"saved_at" bigint,
	"content" json NOT NULL,
	CONSTRAINT "vm_file_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "vm_snapshot" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"vm" text NOT NULL,
	"name" text NOT NULL,
	"parent" text,
	"current" boolean NOT NULL,
	"created_at" bigint NOT NULL,
	"state" text NOT NULL,
	"path" text NOT NULL,
	"size" bigint NOT NULL,
	"configuration" json NOT NULL,
	"drives" json NOT NULL,
	"content" json NOT NULL,
	CONSTRAINT "vm_snapshot_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
CREATE TABLE "file" (
	"branch" bigint NOT NULL,
	"id" text NOT NULL,
	"rev" bigint NOT NULL,
	"cause" bigint NOT NULL,
	"host" text NOT NULL,
	"path" text NOT NULL,
	"type" text NOT NULL,
	"encoding" text NOT NULL,
	"size" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"written_at" bigint NOT NULL,
	"content" text NOT NULL,
	CONSTRAINT "file_branch_id_pk" PRIMARY KEY("branch","id")
);
--> statement-breakpoint
ALTER TABLE "auth_account" ADD CONSTRAINT "auth_account_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth_session" ADD CONSTRAINT "auth_session_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "person" ADD CONSTRAINT "person_auth_user_auth_user_id_fk" FOREIGN KEY ("auth_user") REFERENCES "public"."auth_user"("id") ON DELETE set null ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "join_link" ADD CONSTRAINT "join_link_lab_lab_id_fk" FOREIGN KEY ("lab") REFERENCES "public"."lab"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "join_link" ADD CONSTRAINT "join_link_created_by_person_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lab" ADD CONSTRAINT "lab_owner_person_id_fk" FOREIGN KEY ("owner") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_lab_lab_id_fk" FOREIGN KEY ("lab") REFERENCES "public"."lab"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_person_person_id_fk" FOREIGN KEY ("person") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "branch" ADD CONSTRAINT "branch_lab_lab_id_fk" FOREIGN KEY ("lab") REFERENCES "public"."lab"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "branch" ADD CONSTRAINT "branch_parent_branch_id_fk" FOREIGN KEY ("parent") REFERENCES "public"."branch"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "console" ADD CONSTRAINT "console_lab_lab_id_fk" FOREIGN KEY ("lab") REFERENCES "public"."lab"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "keyframe" ADD CONSTRAINT "keyframe_branch_branch_id_fk" FOREIGN KEY ("branch") REFERENCES "public"."branch"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lab_clock" ADD CONSTRAINT "lab_clock_lab_lab_id_fk" FOREIGN KEY ("lab") REFERENCES "public"."lab"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lab_clock" ADD CONSTRAINT "lab_clock_branch_branch_id_fk" FOREIGN KEY ("branch") REFERENCES "public"."branch"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "segment" ADD CONSTRAINT "segment_branch_branch_id_fk" FOREIGN KEY ("branch") REFERENCES "public"."branch"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "attempt_window_ends" ON "attempt" USING btree ("window_ends");
--> statement-breakpoint
CREATE INDEX "audit_person" ON "audit" USING btree ("person","at");
--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit" USING btree ("subject","at");
--> statement-breakpoint
CREATE INDEX "auth_account_user" ON "auth_account" USING btree ("user_id");
--> statement-breakpoint
CREATE INDEX "auth_session_user" ON "auth_session" USING btree ("user_id");
--> statement-breakpoint
CREATE INDEX "auth_verification_identifier" ON "auth_verification" USING btree ("identifier");
--> statement-breakpoint
CREATE INDEX "join_link_lab" ON "join_link" USING btree ("lab");
--> statement-breakpoint
CREATE INDEX "lab_owner" ON "lab" USING btree ("owner");
--> statement-breakpoint
CREATE INDEX "membership_person" ON "membership" USING btree ("person");
--> statement-breakpoint
CREATE INDEX "branch_lab" ON "branch" USING btree ("lab");
--> statement-breakpoint
CREATE INDEX "fact_turn" ON "fact" USING btree ("branch","turn");
--> statement-breakpoint
CREATE INDEX "fact_host" ON "fact" USING btree ("branch","host","turn") WHERE "fact"."host" is not null;
--> statement-breakpoint
CREATE INDEX "fact_vm" ON "fact" USING btree ("branch","vm","turn") WHERE "fact"."vm" is not null;
--> statement-breakpoint
COMMENT ON TABLE "clock" IS 'How lab time runs: paused or at a speed.';
--> statement-breakpoint
COMMENT ON TABLE "dice" IS 'How many draws an entity has taken from its own dice.';
--> statement-breakpoint
COMMENT ON TABLE "job" IS 'A Msvm_ConcreteJob of VMMS: an operation that takes time, with its steps and percent.';
--> statement-breakpoint
COMMENT ON TABLE "host" IS 'A physical server with the Hyper-V role.';
--> statement-breakpoint
COMMENT ON TABLE "logical_processor" IS 'A hardware thread that the hypervisor schedules virtual processors on.';
--> statement-breakpoint
COMMENT ON TABLE "volume" IS 'An NTFS volume of a host, where configurations and virtual hard disks are kept.';
--> statement-breakpoint
COMMENT ON TABLE "physical_nic" IS 'A physical network adapter of a host.';
--> statement-breakpoint
COMMENT ON TABLE "service" IS 'A Windows service of the management OS, e.g. vmms, one per host.';
--> statement-breakpoint
COMMENT ON TABLE "worker_process" IS 'vmwp.exe: one process in the parent partition for each virtual machine that is not Off or Saved.';
--> statement-breakpoint
COMMENT ON TABLE "partition" IS 'The unit of isolation known to the hypervisor; an Off virtual machine has none.';
--> statement-breakpoint
COMMENT ON TABLE "virtual_processor" IS 'A processor of a partition; root ones are pinned to logical processors, child ones float.';
--> statement-breakpoint
COMMENT ON TABLE "hypercall_count" IS 'How often a partition made one hypercall, and how often it was refused.';
--> statement-breakpoint
COMMENT ON TABLE "intercept" IS 'An intercept the parent installed on a partition: port, MSR, CPUID leaf or exception.';
--> statement-breakpoint
COMMENT ON TABLE "port" IS 'A SynIC port: where another partition may post messages or signal events to.';
--> statement-breakpoint
COMMENT ON TABLE "port_connection" IS 'A SynIC connection: the sender’s end of a port.';
--> statement-breakpoint
COMMENT ON TABLE "gpa_range" IS 'A range of guest physical address space that VID manages.';
--> statement-breakpoint
COMMENT ON TABLE "vmbus_connection" IS 'The bus of one virtual machine: the guest’s connection to the VMBus server in the parent.';
--> statement-breakpoint
COMMENT ON TABLE "vmbus_channel" IS 'One channel of a VMBus: two rings in guest memory between a VSP and a VSC.';
--> statement-breakpoint
COMMENT ON TABLE "gpadl" IS 'Guest physical address descriptor list: pages the guest registered for a channel.';
--> statement-breakpoint
COMMENT ON TABLE "vm" IS 'A virtual machine as VMMS registers it: configuration and state. Off, it is no partition.';
--> statement-breakpoint
COMMENT ON TABLE "disk_drive" IS 'A hard disk or DVD drive of a virtual machine, at a place on a controller.';
--> statement-breakpoint
COMMENT ON TABLE "network_adapter" IS 'A synthetic or legacy network adapter of a virtual machine.';
--> statement-breakpoint
COMMENT ON TABLE "virtual_disk" IS 'A virtual hard disk file on a host’s volume.';
--> statement-breakpoint
COMMENT ON TABLE "library_image" IS 'A prepared image of a host’s library: a sysprepped VHDX or an installation ISO.';
--> statement-breakpoint
COMMENT ON TABLE "virtual_switch" IS 'A Hyper-V extensible switch: a driver in the parent partition.';
--> statement-breakpoint
COMMENT ON TABLE "guest" IS 'What runs inside a child partition: firmware, then the operating system of its boot disk.';
--> statement-breakpoint
COMMENT ON TABLE "integration_service" IS 'One integration service of a virtual machine: a channel, a negotiated version, a behaviour.';
--> statement-breakpoint
COMMENT ON TABLE "vm_file" IS 'A file of a virtual machine: its configuration, or its saved memory and device state.';
--> statement-breakpoint
COMMENT ON TABLE "vm_snapshot" IS 'A snapshot of a virtual machine: configuration, disks as they were, and its memory.';
--> statement-breakpoint
COMMENT ON TABLE "file" IS 'A text file or a folder that somebody at a shell made on a host’s volume.';
--> statement-breakpoint
ALTER TABLE "keyframe" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
--> statement-breakpoint
ALTER TABLE "segment" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
