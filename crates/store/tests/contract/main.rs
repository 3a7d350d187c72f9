//! What every store must do, held against SQLite and PostgreSQL alike.
//!
//! A topic is a module of cases; a case is a function of an [`Office`], a record of its own in
//! either database. What concerns one database only stands in `durable.rs`.

#![expect(clippy::unwrap_used, reason = "a test stops at the first fault")]

mod accounts;
mod append;
mod cluster;
mod desk;
mod durable;
mod export;
mod group;
mod lists;
mod outbox;
mod reads;
mod rebuild;
mod sample;
mod search;

use cityhall_store::{Appended, NotAppended, Store, Write};

/// An empty record of its own.
pub struct Office {
    pub store: Store,
    pub url: String,
    _folder: Option<tempfile::TempDir>,
}

impl Office {
    pub async fn on_sqlite() -> Office {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("record").display());
        Office { store: Store::open(&url).await.unwrap(), url, _folder: Some(folder) }
    }

    pub async fn on_postgres() -> Office {
        let url = cluster::Cluster::shared().database();
        Office { store: Store::open(&url).await.unwrap(), url, _folder: None }
    }

    /// Keeps a write that must be kept.
    pub async fn keep(&self, write: Write) -> Appended {
        self.store.append(write).await.unwrap()
    }

    /// Refuses a write that must leave nothing behind.
    pub async fn refuse(&self, write: Write) -> NotAppended {
        let before = self.everything().await;
        let refused = self.store.append(write).await.unwrap_err();
        assert_eq!(self.everything().await, before, "{refused} left something behind");
        refused
    }
}

macro_rules! contract {
    ($($topic:ident: $($case:ident),+;)+) => {
        contract! { @on on_sqlite $($topic: $($case),+;)+ }
        contract! { @on on_postgres $($topic: $($case),+;)+ }
    };
    (@on $database:ident $($topic:ident: $($case:ident),+;)+) => {
        mod $database {
            $(mod $topic {
                $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    crate::$topic::$case(crate::Office::$database().await).await;
                })+
            })+
        }
    };
}

contract! {
    append:
        an_act_is_kept_with_all_that_follows_from_it,
        a_command_sent_again_is_carried_out_once,
        a_command_sent_eight_times_at_once_is_carried_out_once,
        a_stale_version_is_a_conflict, who_came_to_refer_meanwhile_is_a_conflict,
        what_the_decision_saw_is_taken_only_where_it_stands_so_still,
        a_matter_that_must_not_exist_and_does_is_a_conflict,
        a_stale_directory_is_a_conflict,
        an_act_that_fits_no_matter_is_refused,
        numbers_are_given_or_drawn_and_never_twice,
        one_command_may_open_a_matter_from_another,
        a_projection_of_a_matter_that_is_not_there_is_refused;
    group:
        of_two_writers_on_one_matter_one_wins,
        of_two_writers_on_the_directory_one_wins,
        of_two_writers_that_rest_on_each_others_matter_one_wins,
        of_a_writer_on_the_directory_and_one_that_rests_on_it_one_wins,
        sixteen_writers_on_different_matters_all_win,
        a_number_series_has_no_gaps_and_no_doubles,
        a_refused_write_leaves_its_neighbours;
    reads:
        matters_are_read_one_by_one_and_together,
        the_matters_that_refer_to_a_matter_are_found,
        open_matters_are_paged_by_id,
        a_matter_of_many_events_is_read_as_they_left_it,
        the_directory_is_read_in_the_order_it_was_said,
        publications_keep_their_addresses,
        editions_are_kept_the_first_time;
    desk:
        a_desk_shows_what_is_due_first_first,
        what_waits_or_is_not_yet_begun_lies_on_no_desk,
        what_a_person_is_barred_from_lies_on_the_desks_of_the_others,
        a_step_that_two_of_my_roles_may_take_lies_there_once,
        a_role_that_comes_or_goes_leaves_a_step_there_once,
        a_desk_is_counted_by_kind,
        obligations_are_what_is_due_before_a_day,
        what_comes_to_a_desk_is_known_before,
        what_is_counted_is_what_the_lists_show,
        a_projection_replaces_the_one_before;
    lists:
        nothing_is_listed_without_a_right_to_read_it,
        what_waits_under_a_rule_is_listed_by_its_day,
        of_many_it_is_said_that_there_are_more,
        of_many_that_are_found_those_entered_last_come_first,
        matters_with_the_same_readers_share_them,
        a_list_is_filtered_ordered_and_paged,
        entries_of_a_register_are_listed_by_the_day_they_are_in_force,
        hostile_keys_are_only_keys;
    search:
        a_search_finds_what_the_text_contains,
        every_way_of_writing_a_document_number_finds_it,
        a_search_finds_only_what_may_be_read,
        a_hostile_search_is_no_error,
        a_text_is_found_by_its_last_words_only,
        of_many_changes_each_is_found_at_once,
        publications_are_found_by_their_text,
        a_very_long_text_is_found_by_its_beginning;
    accounts:
        an_account_is_kept_and_changed,
        failures_are_counted_and_forgotten,
        sessions_and_tokens_begin_and_end,
        drafts_are_kept_by_place,
        a_wish_for_mail_is_kept_beside_what_was_told,
        what_a_person_has_seen_stays_seen_until_something_is_done,
        what_needs_an_account_is_refused_without_one;
    outbox:
        an_item_is_claimed_when_it_is_due_and_once,
        an_item_that_failed_comes_again,
        many_workers_claim_each_item_once;
    rebuild:
        a_rebuilt_record_equals_the_live_one,
        wiped_projections_can_be_derived_again,
        a_rebuilt_record_goes_on_with_its_numbers;
    export:
        an_export_is_whole_and_verifies,
        every_alteration_of_an_export_is_found,
        a_record_is_taken_over_from_the_other_database,
        an_export_beside_writers_verifies;
}
