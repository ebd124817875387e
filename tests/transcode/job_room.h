#pragma once

#include "made_film.h"
#include "support/temporary_folder.h"
#include "support/wait_until.h"
#include "transcode/job_list.h"
#include "transcode/job_runner.h"

#include <memory>
#include <stdexcept>

namespace leedswatch::tests {

/// A store with a list of recordings, films made for it, and a folder for results.
class JobRoom {
public:
    JobRoom() { std::filesystem::create_directory(m_out); }

    [[nodiscard]] std::filesystem::path film(const std::string& name, int pictures = 30, const MadeScene& scene = {}) {
        MadeFilm settings{.format = "mpegts", .codec = "mpeg2video", .pictures = pictures};
        settings.draw = [=](int number) { return drawPicture(scene, Fields::Progressive, number); };
        std::filesystem::create_directories((m_folder / name).parent_path());
        writeFilm(m_folder / name, settings);
        return m_folder / name;
    }
    transcode::JobId add(const std::filesystem::path& file) {
        const auto added = m_list.add(m_acting, {file});
        if (!added || added->jobs.size() != 1) {
            throw std::runtime_error{"not added: " + file.string()};
        }
        return added->jobs.front();
    }
    transcode::JobId start(const std::filesystem::path& file) {
        const auto id = add(file);
        startAgain(id);
        return id;
    }
    void startAgain(transcode::JobId id) {
        if (const auto started = m_list.start(m_acting, {id}, m_out); !started) {
            throw std::runtime_error{started.error().message};
        }
    }
    /// By the order of the list.
    [[nodiscard]] std::vector<transcode::Job> jobs() { return m_list.list().value(); }
    [[nodiscard]] transcode::Job job(transcode::JobId id) {
        for (const auto& job : jobs()) {
            if (job.id == id) {
                return job;
            }
        }
        throw std::runtime_error{"it is off the list"};
    }
    void run(int piecePictures = 25) {
        m_runner = std::make_unique<transcode::JobRunner>(*m_database, *m_feed, m_clock, settings(piecePictures));
    }
    void close() { m_runner.reset(); }
    [[nodiscard]] bool waitFor(const std::function<bool()>& condition) {
        return waitUntil(condition, std::chrono::seconds{100});
    }
    [[nodiscard]] bool waitFor(transcode::JobId id, transcode::JobState state) {
        return waitFor([&] { return job(id).state == state; });
    }
    static transcode::JobRunner::Settings settings(int piecePictures = 25) {
        transcode::JobRunner::Settings settings;
        settings.options.preset = "ultrafast";
        settings.options.piecePictures = piecePictures;
        settings.niceness = 0;  // a test has to end while others run
        settings.lockRetry = std::chrono::milliseconds{20};
        return settings;
    }

    TemporaryFolder m_folder;
    const std::filesystem::path m_out = m_folder / "out";
    base::SystemClock m_clock;
    std::unique_ptr<store::Database> m_database = store::Database::open(m_folder / "data", m_clock).value();
    std::unique_ptr<store::ChangeFeed> m_feed = store::ChangeFeed::open(*m_database).value();
    transcode::JobList m_list{*m_database};
    access::Acting m_acting = access::Acting::commandLine();
    std::unique_ptr<transcode::JobRunner> m_runner;
};

}  // namespace leedswatch::tests
