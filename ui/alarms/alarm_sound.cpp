#include "ui/alarms/alarm_sound.h"

#include "ui/alarms/alarm_board.h"
#include "ui/alarms/alarm_text.h"

#include <QAudioDevice>
#include <QAudioFormat>
#include <QAudioSink>
#include <QMediaDevices>
#include <array>
#include <cmath>
#include <numbers>
#include <span>

namespace leedswatch::ui {

namespace {

constexpr int rate = 44'100;

/// A tone with soft edges, so that it does not click.
void appendTone(QByteArray& samples, double frequency, double seconds, double loudness) {
    const auto count = static_cast<int>(seconds * rate);
    constexpr double edge = 0.012 * rate;
    for (int index = 0; index < count; ++index) {
        const double envelope = std::min({1.0, index / edge, (count - index) / edge});
        const double angle = 2 * std::numbers::pi * frequency * index / rate;
        // A little of the third harmonic carries better through a noisy room.
        const double wave = 0.8 * std::sin(angle) + 0.2 * std::sin(3 * angle);
        const auto value = static_cast<qint16>(loudness * envelope * wave * 32'000);
        samples.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
}

QAudioFormat formatOfTunes() {
    QAudioFormat format;
    format.setSampleRate(rate);
    format.setChannelCount(1);
    format.setSampleFormat(QAudioFormat::Int16);
    return format;
}

}  // namespace

AlarmTune tuneOf(response::AlarmClass alarmClass) {
    AlarmTune tune;
    switch (shapeOf(alarmClass)) {
        case AlarmShape::Triangle:
            for (int turn = 0; turn < 3; ++turn) {
                appendTone(tune.samples, 880, 0.14, 0.9);
                appendTone(tune.samples, 1175, 0.14, 0.9);
            }
            tune.repeatAfter = 1'600;
            break;
        case AlarmShape::Square:
            appendTone(tune.samples, 659, 0.22, 0.7);
            appendTone(tune.samples, 523, 0.30, 0.7);
            tune.repeatAfter = 3'000;
            break;
        case AlarmShape::Circle:
            appendTone(tune.samples, 523, 0.35, 0.4);
            tune.repeatAfter = 15'000;
            break;
    }
    return tune;
}

AlarmSound::AlarmSound(AlarmBoard& board, QObject* parent) : QObject{parent}, m_board{board} {
    connect(&board, &AlarmBoard::changed, this, &AlarmSound::follow);
    connect(&m_again, &QTimer::timeout, this, &AlarmSound::play);
    follow();
}

AlarmSound::~AlarmSound() = default;

void AlarmSound::follow() {
    const auto& waiting = m_board.waiting();
    const auto wanted =
        waiting.empty() || !m_board.mayAnswer() ? std::nullopt : std::optional{waiting.front().alarmClass};
    if (wanted == m_sounding) {
        return;
    }
    m_sounding = wanted;
    m_again.stop();
    if (!m_sounding) {
        m_sink.reset();
        return;
    }
    m_tune = tuneOf(*m_sounding);
    m_again.start(m_tune.repeatAfter);
    play();
}

void AlarmSound::play() {
    m_sink.reset();
    const QAudioDevice device = QMediaDevices::defaultAudioOutput();
    if (device.isNull()) {
        return;
    }
    m_buffer.close();
    m_buffer.setData(m_tune.samples);
    m_buffer.open(QIODevice::ReadOnly);
    m_sink = std::make_unique<QAudioSink>(device, formatOfTunes());
    m_sink->start(&m_buffer);
}

}  // namespace leedswatch::ui
