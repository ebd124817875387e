#include "simulator/training_estate.h"

#include "simulator/estate_names.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <atomic>

namespace leedswatch::simulator {
namespace {

int workerCount() {
    return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, 4U));
}

/// Loads files on a few threads until `wanted` of them are good; they come in the order of their names.
std::vector<Clip> loadClips(const std::vector<std::filesystem::path>& files, std::size_t wanted,
                            const std::stop_token& stop) {
    std::vector<std::optional<Clip>> loaded(files.size());
    std::atomic<std::size_t> next{0};
    std::atomic<std::size_t> good{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < files.size() && good < wanted && !stop.stop_requested(); i = next++) {
            if (auto clip = loadClip(files[i], stop)) {
                loaded[i] = std::move(*clip);
                ++good;
            } else {
                spdlog::warn("{} is left out: {}", files[i].string(), clip.error().message);
            }
        }
    };
    {
        std::vector<std::jthread> workers;
        for (int i = 0; i < workerCount(); ++i) {
            workers.emplace_back(work);
        }
    }
    std::vector<Clip> clips;
    for (auto& clip : loaded) {
        if (clip && clips.size() < wanted) {
            clips.push_back(std::move(*clip));
        }
    }
    return clips;
}

/// As the list of cameras names it.
const char* transportOf(rtsp::Carrier carrier) {
    switch (carrier) {
        case rtsp::Carrier::Tcp: return "automatic";
        case rtsp::Carrier::Udp: return "udp";
        case rtsp::Carrier::Multicast: return "multicast";
    }
    return "automatic";
}

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char letter : text) {
        out += letter;
        if (letter == '"') {
            out += letter;
        }
    }
    return out + '"';
}

}  // namespace

TrainingEstate::TrainingEstate(Settings settings, std::unique_ptr<rtsp::Server> server)
    : m_settings{std::move(settings)}, m_server{std::move(server)}, m_drawers{workerCount()} {}

base::Result<std::unique_ptr<TrainingEstate>> TrainingEstate::start(const Settings& settings, const base::Clock& clock,
                                                                    const std::stop_token& stop) {
    av_log_set_level(AV_LOG_FATAL);  // its libraries talk of every stream they open
    std::unique_ptr<rtsp::Server> server;
    if (!settings.hasPortPerCamera) {
        TRY_ASSIGN(server, rtsp::Server::start(settings.address, settings.port, settings.server));
    }
    std::unique_ptr<TrainingEstate> estate{new TrainingEstate{settings, std::move(server)}};
    if (settings.clips) {
        TRY(estate->addFromClips(stop));
    } else {
        TRY(estate->addDrawn(clock));
    }
    return estate;
}

base::Result<CameraServer> TrainingEstate::serverFor(int number) const {
    if (m_server) {
        return CameraServer{*m_server};
    }
    return CameraServer::createOwn(m_settings.address, m_settings.port == 0 ? 0 : m_settings.port + number - 1,
                                   m_settings.server);
}

base::Result<SharedTone> TrainingEstate::toneFor(int number) {
    using rtsp::SoundCoding;
    static constexpr std::array kInTurn{SoundCoding::Aac, SoundCoding::MuLaw, SoundCoding::ALaw};
    SoundCoding coding = SoundCoding::Aac;
    switch (m_settings.sound) {
        case SoundChoice::None: return SharedTone{};
        case SoundChoice::Aac: break;
        case SoundChoice::MuLaw: coding = SoundCoding::MuLaw; break;
        case SoundChoice::ALaw: coding = SoundCoding::ALaw; break;
        case SoundChoice::Mixed: coding = kInTurn[static_cast<std::size_t>(number - 1) % kInTurn.size()]; break;
    }
    if (!m_tones.contains(coding)) {
        TRY_ASSIGN(m_tones[coding], makeTone(coding));
    }
    return m_tones[coding];
}

base::Result<void> TrainingEstate::addDrawn(const base::Clock& clock) {
    for (int number = 1; number <= m_settings.cameras; ++number) {
        const Place place = placeOf(number);
        SceneDescription description;
        description.seed = m_settings.seed;
        description.cameraNumber = number;
        description.name = place.name;
        description.lighting = m_settings.lighting;
        TRY_ASSIGN(auto server, serverFor(number));
        TRY_ASSIGN(SharedTone tone, toneFor(number));
        TRY_ASSIGN(auto camera, Camera::createDrawn({number, place.name, m_settings.credentials, tone}, description,
                                                    std::move(server), clock, m_drawers, m_pacer));
        m_cameras.push_back(std::move(camera));
    }
    return {};
}

base::Result<void> TrainingEstate::addFromClips(const std::stop_token& stop) {
    TRY_ASSIGN(const auto files, findFiles(*m_settings.clips));
    const auto wanted = m_settings.cameras == 0 ? files.size() : static_cast<std::size_t>(m_settings.cameras);
    const std::vector<Clip> clips = loadClips(files, wanted, stop);
    if (stop.stop_requested()) {
        return base::fail(base::ErrorCode::Cancelled, "stopped while clips were prepared");
    }
    if (clips.empty()) {
        return base::fail(base::ErrorCode::InvalidInput, "no file in " + m_settings.clips->string() +
                                                             " is a video that can be shown; name another folder");
    }
    const int count = m_settings.cameras == 0 ? static_cast<int>(clips.size()) : m_settings.cameras;
    for (int number = 1; number <= count; ++number) {
        const auto index = static_cast<std::size_t>(number - 1);
        const Clip& clip = clips[index % clips.size()];
        // Cameras of one clip show different parts of it.
        const std::size_t round = index / clips.size();
        const double phase = static_cast<double>(round * 37 % 100) / 100;
        TRY_ASSIGN(auto server, serverFor(number));
        m_cameras.push_back(Camera::createFromClip({number, placeOf(number).name, m_settings.credentials, nullptr},
                                                   clip, phase, std::move(server), m_pacer));
    }
    return {};
}

std::string TrainingEstate::command(std::string_view line) {
    const auto parsed = parseControlLine(line);
    if (!parsed) {
        return "error: " + parsed.error().message + "\n";
    }
    if (parsed->kind == ControlCommand::Kind::Status) {
        std::string answer;
        for (const auto& camera : m_cameras) {
            answer += camera->describe() + "\n";
        }
        return answer + "ok\n";
    }
    if (parsed->camera > count()) {
        return "error: there is no camera " + std::to_string(parsed->camera) + "; they are 1 to " +
               std::to_string(count()) + "\n";
    }
    const auto done = m_cameras[static_cast<std::size_t>(parsed->camera - 1)]->command(*parsed);
    return done ? "ok\n" : "error: " + done.error().message + "\n";
}

std::string TrainingEstate::csv() const {
    std::string text = "number,name,site,main_url,sub_url,username,password,transport,audio\n";
    for (const auto& camera : m_cameras) {
        const int number = camera->settings().number;
        const std::string scheme = m_settings.server.identity.empty() ? "rtsp://" : "rtsps://";
        const std::string server = scheme + m_settings.address + ":" + std::to_string(camera->port());
        text += std::to_string(number) + "," + quoted(camera->settings().name) + "," + quoted(placeOf(number).site) +
                "," + server + Camera::pathOf(number, "main") + "," + server + Camera::pathOf(number, "sub") + "," +
                quoted(m_settings.credentials.username) + "," + quoted(m_settings.credentials.password) + "," +
                transportOf(m_settings.server.carrier) + ",no\n";
    }
    return text;
}

}  // namespace leedswatch::simulator
