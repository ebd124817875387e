#pragma once

#include "response/alarm_class.h"

#include <QBuffer>
#include <QByteArray>
#include <QObject>
#include <QTimer>
#include <memory>

class QAudioSink;

namespace leedswatch::ui {

class AlarmBoard;

/// How an alarm sounds: what is played and how often it comes again.
struct AlarmTune {
    QByteArray samples;   ///< mono, 16 bit, 44,100 a second
    int repeatAfter = 0;  ///< milliseconds from beginning to beginning
};

/// Danger is a quick two-tone call, property a slower one, a system one soft stroke. Made, not recorded.
[[nodiscard]] AlarmTune tuneOf(response::AlarmClass alarmClass);

/// Sounds for the first alarm that waits for this desk until somebody takes it, also while the desk is locked. Where
/// there is no sound device it says nothing and tries again at the next alarm. UI thread only.
class AlarmSound final : public QObject {
    Q_OBJECT

public:
    AlarmSound(AlarmBoard& board, QObject* parent);
    ~AlarmSound() override;

    /// Whose sound repeats now; none: it is quiet.
    [[nodiscard]] std::optional<response::AlarmClass> sounding() const { return m_sounding; }

private:
    void follow();
    void play();

    AlarmBoard& m_board;
    std::optional<response::AlarmClass> m_sounding;
    AlarmTune m_tune;
    QBuffer m_buffer;
    QTimer m_again;
    std::unique_ptr<QAudioSink> m_sink;
};

}  // namespace leedswatch::ui
